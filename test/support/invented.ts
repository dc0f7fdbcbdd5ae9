/** People and texts that do not exist, for pictures. Numbers are of ranges that nobody has. */
export const conversations: readonly (readonly [from: string, text: string])[] = [
  ['+79005550140', 'Привет! Во сколько вы сегодня приедете? Мы будем дома с пяти.'],
  ['Northbank', 'Your verification code is 482 913. It is valid for 10 minutes. Never tell it to anybody.'],
  ['+447700900123', 'The boiler has been serviced. Next visit on 14 March, 10:00 to 12:00. Reference 20 4471.'],
  ['MosWater', 'Показания приняты: холодная 00123, горячая 00087. Спасибо!'],
  ['+972505550102', 'שלום! הקוד שלך לכניסה הוא 553311'],
  [
    'Parcel',
    `Your parcel 7734 0091 is at the pickup point. ${'It is kept for seven days, from nine in the morning to nine in the evening. '.repeat(5)}`,
  ],
  ['+79005550140', 'Отлично, ждём!'],
];
export const callers: readonly string[] = ['+74955550177', '+79005550140'];
