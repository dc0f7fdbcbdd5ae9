import { describe, expect, it } from 'vitest';
import { readCalls } from '../../../src/at/replies/calls.ts';
import { readIdentity, readImei } from '../../../src/at/replies/identity.ts';
import { readIndicationChoices, readIndications } from '../../../src/at/replies/indications.ts';
import { readDeletable, readMemories, readMemoryChoices } from '../../../src/at/replies/memories.ts';
import { readListedMessage, readMessage, readMessageReference } from '../../../src/at/replies/messages.ts';
import { readOperator, readOperatorScan } from '../../../src/at/replies/operator.ts';
import { readRegistration, readRegistrationAnswer } from '../../../src/at/replies/registration.ts';
import { readChoices, readServiceCentre, readSetting, readZteTechnology } from '../../../src/at/replies/settings.ts';
import { readNumbers, readSignal, signalDbm } from '../../../src/at/replies/signal.ts';
import { readIccid, readImsi, readOwnNumbers, readPinState, readZtePinTries } from '../../../src/at/replies/sim.ts';
import { readUssd } from '../../../src/at/replies/ussd.ts';

describe('stored messages', () => {
  const pdu = '07919761989901F0';

  it.each([
    ['+CMGL: 1,0,,27', { index: 1, stat: 0, alpha: null, length: 27 }],
    ['+CMGL:0,1,,21', { index: 0, stat: 1, alpha: null, length: 21 }],
    ['+CMGL: 4,1,"Ann, "B"",27', { index: 4, stat: 1, alpha: 'Ann, "B"', length: 27 }],
    ['+CMGL: 17,3,35', { index: 17, stat: 3, alpha: null, length: 35 }],
    ['+CMGL: 3,,,25', { index: 3, stat: null, alpha: null, length: 25 }],
    ['+CMGL: 9,REC READ,,39', { index: 9, stat: 1, alpha: null, length: 39 }],
    ['+CMGL: 9,"REC UNREAD",,39', { index: 9, stat: 0, alpha: null, length: 39 }],
    ['+CMGL: 9,UNDEFINED,,39', { index: 9, stat: null, alpha: null, length: 39 }],
  ])('reads %s', (header, expected) => {
    expect(readListedMessage({ header, payload: pdu })).toEqual({ ...expected, pdu });
  });

  it('does not make up what cannot be read', () => {
    expect(readListedMessage({ header: '+CMGL: x,1,,27', payload: pdu })).toBeNull();
    expect(readListedMessage({ header: '+CMGL: 1,1,,27', payload: null })).toBeNull();
    expect(readListedMessage({ header: '+CMGR: 1,,27', payload: pdu })).toBeNull();
  });

  it.each([
    ['+CMGR: 1,,122', { stat: 1, alpha: null, length: 122 }],
    ['+CMGR: ,,25', { stat: null, alpha: null, length: 25 }],
    ['+CMGR: 0,23', { stat: 0, alpha: null, length: 23 }],
    ['+CMGR: 0,Test User 123,29', { stat: 0, alpha: 'Test User 123', length: 29 }],
  ])('reads %s', (header, expected) => {
    expect(readMessage([{ header, payload: pdu }])).toEqual({ index: null, ...expected, pdu });
  });

  it('knows an empty slot', () => {
    expect(readMessage([])).toBeNull();
    expect(readMessage([{ header: '+CMGR: 0,,0', payload: null }])).toBeNull();
  });

  it.each([
    ['+CMGS: 34', 34],
    ['+CMGS: 5,"07/02/05,08:30:45+32"', 5],
    ['+CMSS: 35', 35],
    ['+CMGS:', null],
  ])('finds the message reference of %s', (line, expected) => {
    expect(readMessageReference([line])).toBe(expected);
  });
});

describe('memories', () => {
  it.each([
    ['+CPMS: "SM",3,50,"ME",1,23,"SM",3,50', ['SM', 3, 50, 'ME', 1, 23, 'SM', 3, 50]],
    ['+CPMS: "ME", 0, 50', ['ME', 0, 50]],
    ['+CPMS: 65,100,12,250,0,30', [null, 65, 100, null, 12, 250, null, 0, 30]],
    ['+CPMS: 0,50', [null, 0, 50]],
    ['+CPMS: ME,0,,"SM",,255,SR,,', ['ME', 0, null, 'SM', null, 255, 'SR', null, null]],
    ['+CPMS: ,,,,,,,,', []],
    ['+CPMS:', []],
  ])('reads %s', (line, expected) => {
    expect(readMemories([line])?.flatMap(({ name, used, total }) => [name, used, total])).toEqual(expected);
  });

  it.each([
    ['+CPMS: ("SM","ME"),("SM"),("SM","MT")', [['SM', 'ME'], ['SM'], ['SM', 'MT']]],
    ['+CPMS: ("SM","ME"), ("SM"), ("SM")', [['SM', 'ME'], ['SM'], ['SM']]],
    ['+CPMS: (("SM","BM","SR"),("SM"))', [['SM', 'BM', 'SR'], ['SM']]],
    ['+CPMS: "SM","ME"', [['SM', 'ME']]],
    ['+CPMS: (),,(  )', [[], [], []]],
  ])('reads the choices %s', (line, expected) => {
    expect(readMemoryChoices([line])).toEqual(expected);
  });

  it('reads which slots are occupied', () => {
    expect(readDeletable(['+CMGD: (1,2,5),(0-4)'])).toEqual({ indices: [1, 2, 5], flags: [0, 1, 2, 3, 4] });
    expect(readDeletable(['+CMGD: (),(0-4)'])?.indices).toEqual([]);
    expect(readDeletable(['OK'])).toBeNull();
  });
});

describe('indications', () => {
  it('reads what is set and what may be set', () => {
    expect(readIndications(['+CNMI: 2,1,0,2,0'])).toEqual([2, 1, 0, 2, 0]);
    expect(readIndicationChoices(['+CNMI:(0-2),(0,1,3),(0),(0,1),(0,1)'])).toEqual([
      [0, 1, 2],
      [0, 1, 3],
      [0],
      [0, 1],
      [0, 1],
    ]);
    expect(readIndications([])).toBeNull();
  });
});

describe('registration', () => {
  it.each([
    ['+CREG: 2,1,"8BE3","2BAF",3', [2, 1, 35_811, 11_183, 3]],
    ['+CREG: 2,1,8BE3,2BAF', [2, 1, 35_811, 11_183, null]],
    ['+CREG: 1,1A2B,C3D4', [null, 1, 6_699, 50_132, null]],
    ['+CREG: 1,"CE00","00005449"', [null, 1, 52_736, 21_577, null]],
    ['+CREG: 0,1', [0, 1, null, null, null]],
    ['+CREG: 5', [null, 5, null, null, null]],
    ['+CREG: 2,,', [null, 2, null, null, null]],
    ['+CEREG: 1, 1F00, 20 ,79D903 ,7', [null, 1, 7_936, 7_985_411, 7]],
    ['+CEREG: 1, 2, 0001, 00000100, 7', [1, 2, 1, 256, 7]],
    ['+CGREG: 1,3', [1, 3, null, null, null]],
    ['+CREG: 11', [null, 11, null, null, null]],
  ])('reads %s', (line, expected) => {
    const read = readRegistration(line);
    expect([read?.mode, read?.stat, read?.lac, read?.ci, read?.act]).toEqual(expected);
  });

  it.each(['+CREG: A,"D509"', '+CREG 0', '+CREG:', '+CSQ: 1'])('does not read %s', (line) => {
    expect(readRegistration(line)).toBeNull();
  });

  it('finds the answer among other lines', () => {
    expect(readRegistrationAnswer(['junk', '+CGREG: 0,5'])?.stat).toBe(5);
    expect(readRegistrationAnswer([])).toBeNull();
  });
});

describe('operator', () => {
  it.each([
    ['+COPS: 0,0,"MTS RUS  ",2', { mode: 0, format: 0, operator: 'MTS RUS', act: 2 }],
    ['+COPS: 0,2,"25001"', { mode: 0, format: 2, operator: '25001', act: null }],
    ['+COPS: 0,0,TELE2,0', { mode: 0, format: 0, operator: 'TELE2', act: 0 }],
    ['+COPS: 0', { mode: 0, format: null, operator: null, act: null }],
    ['+COPS: 2,0,""', { mode: 2, format: 0, operator: null, act: null }],
  ])('reads %s', (line, expected) => {
    expect(readOperator([line])).toEqual(expected);
  });

  it('lists networks and nothing else', () => {
    const line = '+COPS: (2,"T - Mobile","","31026",0),(1,"AT&T","AT&T","310410"),2),,(0,1,3),(0-2)';
    expect(readOperatorScan([line])).toEqual([
      { stat: 2, long: 'T - Mobile', short: null, numeric: '31026', act: 0 },
      { stat: 1, long: 'AT&T', short: 'AT&T', numeric: '310410', act: 2 },
    ]);
    expect(readOperatorScan(['+COPS: (0,1,2,3,4),(1,2,3,4,5)'])).toEqual([]);
    expect(readOperatorScan([])).toBeNull();
  });
});

describe('signal', () => {
  it('reads and converts', () => {
    expect(readSignal(['+CSQ: 18,99'])).toEqual({ rssi: 18, ber: 99 });
    expect(readSignal(['+CSQ: WRONG'])).toBeNull();
    expect([0, 1, 18, 31, 99, 100, 191, 199].map(signalDbm)).toEqual([-113, -111, -77, -51, null, -116, -25, null]);
    expect(readNumbers(['+CESQ: 99,99,255,255,20,50'], '+CESQ:')).toEqual([99, 99, 255, 255, 20, 50]);
  });
});

describe('SIM', () => {
  it('reads its state and its tries', () => {
    expect(readPinState(['+CPIN: SIM PIN'])).toBe('SIM PIN');
    expect(readPinState(['+CPIN:READY'])).toBe('READY');
    expect(readPinState([])).toBeNull();
    expect(readZtePinTries(['+ZPINPUK: 3,10'])).toEqual({ pin: 3, puk: 10 });
  });

  it.each([
    ['250011234567890', '250011234567890'],
    ['+CIMI: "250011234567890"', '250011234567890'],
    ['ERROR', null],
  ])('reads the IMSI of %s', (line, expected) => {
    expect(readImsi([line])).toBe(expected);
  });

  it.each([
    ['+ICCID: 89701011234567890123', '89701011234567890123'],
    ['ICCID: 8970101123456789012F', '8970101123456789012'],
    ['^ICCID: 98071011325476981032', '89700111234567890123'],
    ['+CCID: "89701011234567890123"', '89701011234567890123'],
    ['+CRSM: 144,0,"98071011325476981032"', '89700111234567890123'],
    ['+CRSM: 148,8', null],
    ['8970101123456789012', '8970101123456789012'],
  ])('reads the ICCID of %s', (line, expected) => {
    expect(readIccid([line])).toBe(expected);
  });

  it('reads the own numbers', () => {
    expect(readOwnNumbers(['+CNUM: "","+79139131234",145', '+CNUM: "x","",145', '+CNUM: ,,145'])).toEqual([
      '+79139131234',
    ]);
  });
});

describe('identity', () => {
  it.each([
    [['ZTE CORPORATION'], 'ZTE CORPORATION'],
    [['+CGMI: "huawei"'], 'huawei'],
    [['', '+CGMM: MF180'], 'MF180'],
    [[], null],
  ])('reads %j', (lines, expected) => {
    expect(readIdentity(lines)).toBe(expected);
  });

  it('finds the IMEI', () => {
    expect(readImei(['+CGSN: 861234567890123'])).toBe('861234567890123');
    expect(readImei(['IMEI,none'])).toBeNull();
  });
});

describe('calls', () => {
  it('lists them', () => {
    expect(readCalls(['+CLCC: 1,1,4,0,0,"+7916",145', '+CLCC: 2,0,3,0,0', '+CLCC: BAD'])).toEqual([
      { id: 1, incoming: true, stat: 4, mode: 0, number: '+7916', toa: 145 },
      { id: 2, incoming: false, stat: 3, mode: 0, number: '', toa: null },
    ]);
  });
});

describe('settings', () => {
  it('reads numbers, choices, the service centre and the technology', () => {
    expect(readSetting(['+CFUN: 1,0'], '+CFUN:')).toBe(1);
    expect(readSetting(['+CVHU: (0-1)'], '+CVHU:')).toBeNull();
    expect(readChoices(['+CSCS: ("IRA","GSM","UCS2")'], '+CSCS:')).toEqual([['IRA', 'GSM', 'UCS2']]);
    expect(readServiceCentre(['+CSCA: "79168999100",145'])).toBe('+79168999100');
    expect(readServiceCentre(['+CSCA: "",129'])).toBe('');
    expect(readServiceCentre([])).toBeNull();
    expect(readZteTechnology(['+BEARTYPE: "UMTS","CS_PS"'])).toEqual({ technology: 'UMTS', domain: 'CS_PS' });
    expect(readZteTechnology(['+ZPAS: "No Service"'])).toEqual({ technology: 'No Service', domain: null });
  });
});

describe('USSD', () => {
  it.each([
    ['+CUSD: 0,"Balance 5",15', { status: 0, text: 'Balance 5', dcs: 15 }],
    ['+CUSD: 1,"1>a, "b"\r\n2>c"', { status: 1, text: '1>a, "b"\r\n2>c', dcs: null }],
    ['+CUSD: 2', { status: 2, text: null, dcs: null }],
    ['+CUSD: 0,"",72', { status: 0, text: '', dcs: 72 }],
    ['+CUSD:0, 00310032 ,72', { status: 0, text: '00310032', dcs: 72 }],
    ['+CUSD: 0,"never closed', { status: 0, text: 'never closed', dcs: null }],
    ['+CUSD: 0,"1,5"', { status: 0, text: '1,5', dcs: null }],
  ])('reads %j', (line, expected) => {
    expect(readUssd(line)).toEqual(expected);
  });

  it('does not read the answer of a query', () => {
    expect(readUssd('+CUSD: (0-2)')).toBeNull();
  });
});
