import { describe, expect, it } from 'vitest';
import { readBalance } from '../../../src/app/balance.ts';

/** What operators write; the amount in hundredths, or null where no number is clearly the balance. */
const answers: readonly (readonly [text: string, minor: number | null, currency: string | null])[] = [
  ['Баланс 579.60р. Подключите Гудок *130#', 57_960, 'RUB'],
  ['105.99р.\nМузыка вместо гудка (8р/д)*213#', 10_599, 'RUB'],
  ['Баланс 174.60 р.Внимание! Скидки до 50% в салонах', 17_460, 'RUB'],
  ['Минус 174.60 р.', -17_460, 'RUB'],
  ['Minus 174.60', -17_460, null],
  ['- 174.60 р.', -17_460, 'RUB'],
  ['-105.99р.', -10_599, 'RUB'],
  ['Баланс:65,61р,Лимит:300р,Порог:50р', 6_561, 'RUB'],
  ['Баланс:0,60р,Лимит:0,00р', 60, 'RUB'],
  ['Баланс: 22,5\nПополнить счет:\n1>Картой\n2>Обещанный платеж', 2_250, null],
  ['Balans 174.60 r.', 17_460, 'RUB'],
  ['Balans 174.60 р.', 17_460, 'RUB'],
  ['Баланс 83.99 руб. Пакет 12 ГБ до 31.12', 8_399, 'RUB'],
  ['Ответ придет в SMS', null, null],
  ['Ваш запрос принят. Ответ придет в течение 5 мин.', null, null],
  ['Баланс: -12,50 р.', -1_250, 'RUB'],
  ['Баланс: −12,50 р.', -1_250, 'RUB'],
  ['Баланс: –12,50 р.', -1_250, 'RUB'],
  ['Баланс:\u00a01\u00a0234,50\u00a0₽', 123_450, 'RUB'],
  ['Баланс: 1 234,50 руб', 123_450, 'RUB'],
  ['Баланс: 1.234,50 руб', 123_450, 'RUB'],
  ['Balance: $1,234.50', 123_450, 'USD'],
  ['Бaлaнc 83.99 p.', 8_399, 'RUB'],
  ['Остаток на счете 15 руб. 20 коп.', 1_520, 'RUB'],
  ['На счету 7 руб', 700, 'RUB'],
  ['На Вашем счете 99,9 р', 9_990, 'RUB'],
  ['Задолженность 45,10 руб', -4_510, 'RUB'],
  ['Долг: 45.10', -4_510, null],
  ['Ваша задолженность составляет 45.10 руб.', -4_510, 'RUB'],
  ['Баланс 0.00 р. Минимальный платеж 100 р.', 0, 'RUB'],
  ['Бонусы: 300, баланс: 21.35 р.', 2_135, 'RUB'],
  ['Тариф Мой 350 р, остаток 12.10 р', 1_210, 'RUB'],
  ['12.05.2025 Баланс 100.00 р.', 10_000, 'RUB'],
  ['Баланс на 12.05 10:30 составляет 55.40 руб', 5_540, 'RUB'],
  ['Баланс 300р. Доступно 5 ГБ, 120 мин, 50 SMS', 30_000, 'RUB'],
  ['Вам доступно 15 ГБ и 300 мин до 31.12', null, null],
  ['1>Баланс\n2>Услуги\n3>Назад', null, null],
  ['Для связи: +79161234567', null, null],
  ['Позвоните 88002500890', null, null],
  ['Наберите *105*25#', null, null],
  ['Скидка 50% сегодня!', null, null],
  ['Получите 100р на счет, ответив 1', null, null],
  ['Внимание! - 10% на все', null, null],
  ['Баланс - 100 р', null, null],
  ['', null, null],
  ['Баланс временно недоступен', null, null],
  ['На рахунку 12.34 грн', 1_234, 'UAH'],
  ['Баланс 500 тг.', 50_000, 'KZT'],
  ['Your balance is £5.20. Top up soon', 520, 'GBP'],
  ['Ihr Guthaben beträgt 9,95 EUR', 995, 'EUR'],
  ['Баланс 1234567,89 сум', 123_456_789, 'UZS'],
  ['Баланс +15.00 р', 1_500, 'RUB'],
  ['Звоните +7 916 123 45 67 или 8 (800) 250-08-90', null, null],
  ['Баланс 10р, абонентская плата 350 руб/мес', 1_000, 'RUB'],
  ['Баланс: 10.50р. Списано 5.00р.', 1_050, 'RUB'],
  ['Списано 5.00р. Баланс: 10.50р.', 1_050, 'RUB'],
];

describe('the balance in an answer', () => {
  it.each(answers)('%j', (text, minor, currency) => {
    const found = readBalance(text);
    expect(found?.minor ?? null).toBe(minor);
    expect(found?.currency ?? null).toBe(currency);
  });

  it('is surer of a word, a number and a currency than of a bare number', () => {
    const plain = readBalance('105 р.');
    const full = readBalance('Баланс 105,00 р.');
    expect(full?.confidence).toBe(1);
    expect(plain?.confidence).toBeLessThan(1);
    expect(plain?.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('follows the pattern of the user and guesses nothing beside it', () => {
    const pattern = /Счёт №\d+: (-?[\d ]+,\d\d)/;
    expect(readBalance('Счёт №77: -1 250,30 и баланс 5 р.', pattern)).toEqual({
      minor: -125_030,
      currency: null,
      confidence: 1,
    });
    expect(readBalance('баланс 5 р.', pattern)).toBeNull();
  });
});
