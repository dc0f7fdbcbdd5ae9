import { describe, expect, it } from 'vitest';
import { disqualifiers } from '../../../src/codes/disqualifiers.ts';
import { findCode, findCodes } from '../../../src/codes/find-code.ts';

/** Texts that hold a word for a code, so that each number in it would be taken but for the row of the table. */
const cases: readonly (readonly [id: string, text: string, shown: string])[] = [
  ['sender', 'The code comes from 55120 alone', '55120'],
  ['link', 'Your code is at shop.example/v/448120', '448120'],
  ['link', 'Your code went to 448120@mail.example', '448120'],
  ['app-hash', 'Your code is 4821\nFA+9qCX9VSu', '9qCX9VSu'],
  ['decimal', 'Code for 4500.50 in all', '4500'],
  ['decimal', 'Код для 12.05.2024', '2024'],
  ['percent', 'Code gives 1500% more', '1500'],
  ['date', 'The code of 2024-05-12 is void', '2024-05-12'],
  ['ussd', 'Code: *1001*4471#', '4471'],
  ['card', 'Код для карты *4471', '4471'],
  ['card', 'Код: VISA4471 покупка', 'VISA4471'],
  ['card', 'Code for card ending 4471', '4471'],
  ['card', '验证码用于尾号4471的卡', '4471'],
  ['amount', 'Code for $4500', '4500'],
  ['amount', 'Код на 4500 руб', '4500'],
  ['amount', 'Код на 4500р', '4500р'],
  ['amount', '验证码用于支付4500元', '4500'],
  ['amount', 'Kod 4500 TL icin', '4500'],
  ['phone', 'Code by phone: +1 202 555 0143', '555 0143'],
  ['phone', 'No code? Call 55501', '55501'],
  ['phone', 'Нет кода? Звоните 55501', '55501'],
  ['reply-number', 'No code? Text HELP to 55123', '55123'],
  ['sum', 'No code needed: your balance is now 4500', '4500'],
  ['paper', 'Code for order 884213', '884213'],
  ['paper', 'Код для заказа 884213', '884213'],
  ['paper', 'Code für Bestellung 884213', '884213'],
  ['numbered', 'The code goes with that thing no one knows #884213', '884213'],
  ['place', 'Code for room 1204', '1204'],
  ['place', 'Код для ячейки 1204', '1204'],
  ['other-code', 'Our zip code 90210', '90210'],
  ['other-code', 'Ваш промокод 55120', '55120'],
  ['other-code', '优惠码55120', '55120'],
  ['year-or-time', 'No code is needed since 2019', '2019'],
];

describe('what is no code', () => {
  it.each(cases)('%s: %s', (id, text, shown) => {
    const found = findCodes(text, { sender: '55120' === shown && id !== 'sender' ? 'Test' : '55120' });
    const one = found.find((candidate) => candidate.shown === shown);
    expect(one, JSON.stringify(found)).toMatchObject({ reason: id, score: 0 });
    expect(findCode(text, { sender: id === 'sender' ? '55120' : 'Test' })?.shown).not.toBe(shown);
  });

  it('has a case for each row of the table', () => {
    expect(new Set(cases.map(([id]) => id))).toEqual(new Set(disqualifiers.map(({ id }) => id)));
  });

  it.each([
    ['a year right after the word', 'Your code is 2024', '2024'],
    ['a number sign after the word', 'Your code: #884213', '884213'],
    ['a wording that announces it past the word "order"', 'Verification code for your order: 884213', '884213'],
    ['a code in bold', 'Your code is *4821*', '4821'],
    ['a date of eight digits', 'Code: 20240512', '20240512'],
  ])('believes the word for a code more: %s', (_, text, code) => {
    expect(findCode(text, { sender: 'Test' })?.code).toBe(code);
  });
});
