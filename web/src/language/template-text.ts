/** What the options of webhooks are for, in Russian: by template and option. In English the gateway says it. */
const ruOptionTexts: Readonly<Record<string, string>> = {
  'json.authorization': 'Заголовок Authorization, например `Bearer …`.',
  'ntfy.token': 'Токен доступа ntfy.',
  'ntfy.priority': 'От 1 до 5; обычно 3.',
  'telegram.token': 'Токен, который выдал BotFather.',
  'telegram.chat_id': 'Кому отправлять: номер чата или `@channel`.',
  'gotify.token': 'Токен приложения Gotify.',
  'gotify.priority': 'От 0 до 10.',
  'apprise.tag': 'Только сервисы конфигурации с этой меткой.',
  'email.from': 'Отправитель.',
  'email.to': 'Кому; несколько — через запятую.',
  'email.user': 'Имя пользователя на почтовом сервере.',
  'email.password': 'Пароль этого пользователя.',
};

/** What an option of a template is for, in the language of the page; of one that is new there, in the gateway's own words. */
export function optionText(
  code: string,
  template: string,
  { name, meaning }: { readonly name: string; readonly meaning: string },
): string {
  return (code === 'ru' ? ruOptionTexts[`${template}.${name}`] : undefined) ?? meaning;
}
