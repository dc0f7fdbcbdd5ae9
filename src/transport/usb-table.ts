/**
 * What the interfaces of known USB modems are for. A modem is a row of data here and a row in the test; nothing else.
 * Sources: the udev tables of ModemManager, the drivers of oFono and wader, the `option` and `cdc_acm` drivers of Linux.
 */

/**
 * - `at`: answers AT and announces what happens by itself (URCs): the port to use.
 * - `modem`: answers AT, meant for data; announces little or nothing. Second choice.
 * - `other`: diagnosis (binary), GPS, sound. Text must not be written to it.
 */
export type PortRole = 'at' | 'modem' | 'other';

export interface UsbModem {
  /** Vendor and product as lsusb shows them. */
  readonly id: `${string}:${string}`;
  readonly name: string;
  /** Interface number → role. An interface that is not named is tried last, unless `strict`. */
  readonly ports: Readonly<Record<number, PortRole>>;
  /** Interfaces that are not named are left alone. */
  readonly strict?: true;
}

export const usbModems: readonly UsbModem[] = [
  // usb-ZTE…_ZTE_WCDMA_Technologies_MSM_MF1800ZTED010000-if01-port0: the serial number is the same for all of this model.
  { id: '19d2:2003', name: 'ZTE MF180 and relatives', ports: { 0: 'other', 1: 'at', 3: 'modem' } },
  // The same sticks with other firmware; interface 3 is storage.
  { id: '19d2:0117', name: 'ZTE MF180/MF190', ports: { 0: 'other', 1: 'at', 2: 'modem' } },
  { id: '19d2:0031', name: 'ZTE MF112/MF626/MF636/MF637', ports: { 0: 'other', 1: 'at', 3: 'modem' } },
  { id: '19d2:0001', name: 'ZTE MF6xx', ports: { 0: 'other', 1: 'at', 3: 'modem' } },
  { id: '19d2:0002', name: 'ZTE MF6xx', ports: { 0: 'other', 2: 'at', 4: 'modem' } },
  { id: '19d2:0016', name: 'ZTE MF181 and others', ports: { 0: 'other', 1: 'at', 2: 'modem' } },
  { id: '19d2:0017', name: 'ZTE MF6xx', ports: { 0: 'other', 1: 'at', 2: 'modem' } },
  { id: '19d2:0018', name: 'ZTE MF6xx', ports: { 0: 'other', 1: 'at', 2: 'modem' } },
  {
    id: '1e0e:9001',
    name: 'SIMCom SIM7500/SIM7600',
    ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem', 4: 'other' },
  },
  // Interface 2 must not be written to; interface 5 is for data.
  { id: '1e0e:9011', name: 'SIMCom A76xx', ports: { 2: 'other', 4: 'at', 5: 'modem' } },
  {
    id: '1e0e:9205',
    name: 'SIMCom SIM7070/SIM7080',
    ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem', 5: 'modem' },
  },
  {
    id: '1e0e:9206',
    name: 'SIMCom SIM7070/SIM7080',
    ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem', 5: 'modem' },
  },
  { id: '2c7c:0121', name: 'Quectel EC21', ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem' } },
  { id: '2c7c:0125', name: 'Quectel EC25/EG25', ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem' } },
  { id: '2c7c:0191', name: 'Quectel EG91', ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem' } },
  { id: '2c7c:0195', name: 'Quectel EG95', ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem' } },
  { id: '2c7c:0296', name: 'Quectel BG96', ports: { 0: 'other', 1: 'other', 2: 'at', 3: 'modem' } },
  // u-blox, MediaTek and Qualcomm make things that are no modems too, so their products are named one by one.
  { id: '1546:1102', name: 'u-blox LISA-U2', ports: { 0: 'at' }, strict: true },
  { id: '1546:1141', name: 'u-blox TOBY-L2', ports: { 0: 'at', 2: 'modem', 4: 'modem' }, strict: true },
  { id: '1546:1146', name: 'u-blox TOBY-L2', ports: { 0: 'at' }, strict: true },
  { id: '0e8d:00a1', name: 'MediaTek stick', ports: { 0: 'at', 1: 'modem' }, strict: true },
  { id: '0e8d:00a2', name: 'MediaTek stick', ports: { 0: 'at', 1: 'modem' }, strict: true },
  { id: '0e8d:00a4', name: 'MediaTek stick', ports: { 0: 'at', 2: 'modem' }, strict: true },
  { id: '0e8d:00a5', name: 'MediaTek stick', ports: { 2: 'at', 3: 'modem' }, strict: true },
  { id: '0e8d:00a7', name: 'MediaTek stick', ports: { 2: 'at', 3: 'modem' }, strict: true },
  { id: '0e8d:0023', name: 'MediaTek stick', ports: { 2: 'at', 3: 'modem' }, strict: true },
];

/** Vendors that make nothing but modems: their other products are tried, port by port, those of the `option` driver's kind. */
export const modemVendors: Readonly<Record<string, string>> = {
  '19d2': 'ZTE',
  '12d1': 'Huawei',
  '1e0e': 'SIMCom',
  '2c7c': 'Quectel',
  '1bc7': 'Telit',
  '1e2d': 'Cinterion',
  '1199': 'Sierra Wireless',
  '0af0': 'Option',
};

/**
 * Huawei says what a port is for in the protocol number of its interface (class ff, subclass 01 or 02). Older firmware says nothing (ff); there
 * the last tty is the one to use.
 */
export const huaweiProtocols: Readonly<Record<number, PortRole>> = { 1: 'modem', 2: 'at', 3: 'other' };

/** Sticks that show themselves as a CD-ROM with their own drivers until they are switched over. */
export const cdRomIds: ReadonlySet<string> = new Set([
  '19d2:2000', // MF180
  '19d2:0053', // MF110
  '19d2:0083', // MF110, MF190
  '19d2:0149', // MF190
  '19d2:0150', // MF190
  '19d2:1224', // MF190
  '12d1:1446',
  '12d1:14fe',
  '12d1:1f01',
]);

/** Sticks that are a router with a network card: they have no AT port at all with this firmware. */
export const networkStickIds: Readonly<Record<string, string>> = {
  '12d1:14db': 'Huawei HiLink',
  '12d1:14dc': 'Huawei HiLink',
  '19d2:1403': 'ZTE network stick',
  '19d2:1405': 'ZTE network stick',
};

/** Chips that hide what is behind them: a modem as well as a Zigbee stick, a meter or an Arduino. */
export const bridges: Readonly<Record<string, string>> = {
  '10c4:ea60': 'CP210x',
  '10c4:ea70': 'CP2105',
  '1a86:7523': 'CH340',
  '1a86:55d4': 'CH9102',
  '0403:6001': 'FTDI FT232R',
  '0403:6015': 'FTDI FT-X',
  '067b:2303': 'PL2303',
};
