import { describe, expect, it } from 'vitest';
import { findCode, findCodes } from '../../../src/codes/find-code.ts';

const from = { sender: 'Test' };

describe('the code as one types it', () => {
  it.each([
    ['Your code is 123456', '123456', '123456'],
    ['Your code is 123-456', '123456', '123-456'],
    ['Your code is 123 456.', '123456', '123 456'],
    ['Your code is 12 34 56', '123456', '12 34 56'],
    ['Your code is 1 2 3 4 5 6', '123456', '1 2 3 4 5 6'],
    ['Your code is 123\u2013456', '123456', '123\u2013456'],
    ['G-123456 is your Test code', '123456', 'G-123456'],
    ['Your code is AB12CD', 'AB12CD', 'AB12CD'],
    ['Your code is AB7-2XK', 'AB72XK', 'AB7-2XK'],
    ['Your verification code is WDJB-MJHT', 'WDJBMJHT', 'WDJB-MJHT'],
    ['Your code is k7m2p9', 'k7m2p9', 'k7m2p9'],
    ['验证码：１２３４５６', '123456', '１２３４５６'],
    ['验证码:ＡＢ１２ＣＤ', 'AB12CD', 'ＡＢ１２ＣＤ'],
    ['رمز التحقق: ١٢٣٤٥٦', '123456', '١٢٣٤٥٦'],
    ['OTP123456 for login', '123456', '123456'],
    ['OTP-123456 for login', '123456', '123456'],
    ['Код:1234', '1234', '1234'],
  ])('%s', (text, code, shown) => {
    const found = findCode(text, from);
    expect(found).toMatchObject({ code, shown });
    expect(text.slice(found?.start, found?.end)).toBe(shown);
  });
});

describe('how sure it is and why', () => {
  it.each([
    ['Shop\n\n@shop.example #4821', 'certain', 'web-otp', 'The text names it in the form that browsers read.'],
    ['G-482913 is yours', 'certain', 'letter-prefix', 'It has the form of a code with a letter in front.'],
    ['Your security code is 4821', 'certain', 'right-after-wording', 'It stands right after "security code".'],
    ['4821 is your security code', 'certain', 'right-before-wording', 'It stands right before "security code".'],
    [
      'Your PIN of the day, dear friend, says 4821',
      'possible',
      'after-wording',
      'It comes after "PIN" in the same sentence.',
    ],
    ['Enter 482913 to log in', 'likely', 'asked-to-type', 'The text asks to type it by "Enter".'],
    ['Test: 4821', 'possible', 'nothing-else', 'The text holds nothing else.'],
    [
      '482913\nUse this code to log in',
      'likely',
      'other-sentence',
      'It stands in the sentence next to "code to log in".',
    ],
  ])('%s', (text, confidence, reason, why) => {
    expect(findCode(text, from)).toMatchObject({ confidence, reason, why });
  });

  it('says which site a code for browsers is for', () => {
    const text = 'Your code is 4821.\n\n@Shop.example #4821';
    expect(findCode(text, from)).toMatchObject({
      code: '4821',
      domain: 'shop.example',
      start: text.lastIndexOf('4821'),
    });
    expect(findCode('@shop.example #AB-12 @frame.example', from)).toMatchObject({ code: 'AB-12' });
    expect(findCode('Your code is 4821', from)).not.toHaveProperty('domain');
  });

  it('takes no code where nothing speaks for one', () => {
    for (const text of ['', ' ', 'Meet me at the 4821 exit', 'Your code was sent to you', '12345678901234'])
      expect(findCode(text, from), text).toBeNull();
  });

  it('tells all that have the form of a code, the likeliest first', () => {
    const found = findCodes('Order 88213. Code 4821. Card *5512', from);
    expect(found.map(({ code, reason }) => [code, reason])).toEqual([
      ['4821', 'right-after-wording'],
      ['88213', 'paper'],
      ['5512', 'card'],
    ]);
  });
});

describe('how long a code is valid', () => {
  it.each([
    ['English', 'Your code is 4821. Valid for 5 minutes', 5],
    ['English', 'Your code is 4821, it expires in 90 sec', 1.5],
    ['Russian', 'Код 4821 действителен 10 минут', 10],
    ['Chinese', '验证码4821，5分钟内有效', 5],
    ['Chinese', '验证码:4821,5分钟内有效', 5],
    ['German', 'Ihr Code: 4821 (15 Min. gültig)', 15],
    ['Spanish', 'Su código es 4821, válido por 3 minutos', 3],
    ['French', 'Votre code : 4821. Valable 2 heures', 120],
    ['Turkish', 'Onay kodunuz 4821, 3 dakika geçerlidir', 3],
    ['Ukrainian', 'Ваш код 4821, дійсний 5 хвилин', 5],
    ['Kazakh', 'Растау коды 4821, 5 минут жарамды', 5],
    ['Portuguese', 'Seu código é 4821, válido por 10 minutos', 10],
    ['Italian', 'Il tuo codice è 4821, valido 10 minuti', 10],
    ['Polish', 'Twój kod to 4821, ważny 5 minut', 5],
    ['Dutch', 'Je code is 4821, 5 minuten geldig', 5],
    ['Japanese', '認証コード：4821 10分間有効です', 10],
    ['Korean', '인증번호 4821 3분 이내 입력', 3],
    ['Arabic', 'رمز التحقق: 4821 صالح لمدة 5 دقائق', 5],
  ])('%s: %s', (_, text, minutes) => {
    expect(findCode(text, from)?.validForMs).toBe(minutes * 60_000);
  });

  it('says nothing where the text does not', () => {
    for (const text of [
      'Your code is 4821',
      'Your code is 4821. Your taxi comes in 5 minutes',
      'Code 4821 valid until 18:55',
    ])
      expect(findCode(text, from), text).not.toHaveProperty('validForMs');
  });
});
