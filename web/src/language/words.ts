/** Forms of a word for numbers, as `Intl.PluralRules` names them; a language leaves out those that it does not have. */
export interface Forms {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}
export type Plural = (count: number, forms: Forms) => string;
type Counted = (count: number, plural: Plural) => string;

/** Everything that the page says. Each language has all of it: the compiler misses what one leaves out. */
export interface Words {
  readonly name: string;
  readonly locale: string;
  readonly nav: Readonly<Record<'home' | 'messages' | 'calls' | 'modem' | 'phone' | 'settings' | 'setup', string>>;
  readonly skip: string;
  readonly menu: string;
  readonly theme: string;
  readonly live: Readonly<Record<'connecting' | 'live' | 'lost', string>>;
  readonly offline: string;
  readonly demo: string;
  readonly retry: string;
  readonly failed: string;
  readonly unreachable: string;
  readonly loading: string;
  readonly more: string;
  readonly cancel: string;
  readonly close: string;
  readonly remove: string;
  readonly save: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyDigits: (digits: string) => string;
  readonly unknownSender: string;
  readonly withheld: string;
  readonly login: Readonly<Record<'title' | 'text' | 'password' | 'key' | 'with' | 'go' | 'hint' | 'out', string>>;
  readonly home: Readonly<Record<'well' | 'unwell' | 'latest' | 'calls' | 'noMessages' | 'noCalls' | 'all', string>> & {
    readonly since: (when: string) => string;
    readonly unread: Counted;
  };
  readonly modem: Readonly<
    Record<
      | 'title'
      | 'operator'
      | 'signal'
      | 'noSignal'
      | 'technology'
      | 'balance'
      | 'sim'
      | 'storage'
      | 'port'
      | 'device'
      | 'unknown'
      | 'signalChart'
      | 'balanceChart'
      | 'technologyChart'
      | 'noNetwork'
      | 'noChart'
      | 'log'
      | 'ussd'
      | 'ussdCode'
      | 'ussdReply'
      | 'ussdAsk'
      | 'ussdEnd'
      | 'ussdHint'
      | 'restart'
      | 'restartSure'
      | 'at'
      | 'atHint'
      | 'run'
      | 'none',
      string
    >
  > & {
    readonly states: Readonly<Record<string, string>>;
    readonly simStates: Readonly<Record<string, string>>;
    readonly dbm: (value: string) => string;
    /** `3G` */
    readonly generation: (number: number) => string;
    readonly ofTotal: (used: number, total: number) => string;
  };
  readonly messages: Readonly<
    Record<
      | 'title'
      | 'search'
      | 'writeNew'
      | 'choose'
      | 'none'
      | 'noneFound'
      | 'back'
      | 'you'
      | 'markRead'
      | 'resend'
      | 'resendSure'
      | 'cancelSend'
      | 'deleteSure'
      | 'details'
      | 'incomplete'
      | 'undecodable'
      | 'removed'
      | 'repeated'
      | 'codeOver'
      | 'view'
      | 'asConversations'
      | 'asTable'
      | 'state'
      | 'unreadOnly'
      | 'code'
      | 'pdu'
      | 'way',
      string
    >
  > & {
    readonly parts: Counted;
    readonly states: Readonly<Record<string, string>>;
    readonly codeLeft: Counted;
  };
  readonly composer: Readonly<
    Record<'to' | 'toHint' | 'text' | 'send' | 'later' | 'at' | 'take' | 'sent' | 'mayNot', string>
  > & {
    readonly count: (units: number, room: number, alphabet: string) => string;
    readonly segments: Counted;
    readonly costly: (characters: string) => string;
    readonly cheaper: (count: number) => string;
  };
  readonly calls: Readonly<Record<'title' | 'none' | 'reject' | 'deny' | 'allow' | 'blocked' | 'mayNot', string>> & {
    readonly outcomes: Readonly<Record<string, string>>;
    readonly rings: Counted;
    readonly lastDigits: (count: number) => string;
  };
  readonly phone: Readonly<
    Record<
      | 'title'
      | 'text'
      | 'notReal'
      | 'from'
      | 'message'
      | 'send'
      | 'examples'
      | 'ring'
      | 'ringing'
      | 'hangUp'
      | 'talk'
      | 'noTalk'
      | 'faults'
      | 'faultsHint'
      | 'fill'
      | 'hide'
      | 'show',
      string
    >
  > & {
    readonly exampleTexts: readonly string[];
    readonly faultNames: Readonly<Record<'unplug' | 'silence' | 'simOut' | 'noNetwork', string>>;
  };
  readonly settings: Readonly<
    Record<
      | 'title'
      | 'look'
      | 'language'
      | 'theme'
      | 'keys'
      | 'keysHint'
      | 'keyName'
      | 'keyMay'
      | 'keyDaily'
      | 'keySenders'
      | 'keyExpires'
      | 'keyUsed'
      | 'never'
      | 'addKey'
      | 'keyIs'
      | 'revoke'
      | 'revoked'
      | 'noKeys'
      | 'webhooks'
      | 'noWebhooks'
      | 'webhookUrl'
      | 'webhookKind'
      | 'addWebhook'
      | 'test'
      | 'webhookSecret'
      | 'deliveries'
      | 'noDeliveries'
      | 'privacy'
      | 'forEver'
      | 'privacyHint'
      | 'audit'
      | 'noAudit'
      | 'adminOnly'
      | 'notify'
      | 'notifyHint'
      | 'notifyOn'
      | 'notifyDenied'
      | 'notifyNo'
      | 'gateway'
      | 'gatewayHint'
      | 'findSetting'
      | 'hidden'
      | 'oldest'
      | 'ran'
      | 'deletedAt'
      | 'compacted'
      | 'edit'
      | 'events'
      | 'allEvents'
      | 'webhookSenders'
      | 'webhookText'
      | 'webhookModems'
      | 'enabled'
      | 'disabled'
      | 'insecure'
      | 'insecureHint'
      | 'newSecret'
      | 'stays'
      | 'again'
      | 'keyModems'
      | 'keyRecipients'
      | 'commas'
      | 'noLimits',
      string
    >
  > & {
    readonly source: Readonly<
      Record<'flag' | 'environment' | 'file', (place: string) => string> & Record<'default', () => string>
    >;
    readonly groups: Readonly<Record<string, string>>;
    readonly rowsNow: Readonly<Record<'received' | 'sent' | 'other', (count: string) => string>>;
    readonly removeWebhookSure: (name: string) => string;
    readonly changeOf: (name: string) => string;
    readonly nextTry: (when: string) => string;
    readonly orMore: (count: string) => string;
    readonly deliveryStates: Readonly<Record<'queued' | 'delivered' | 'parked' | 'dropped', string>>;
    readonly eventNames: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<'senders' | 'recipients' | 'modems', (names: string) => string>> & {
      readonly daily: Counted;
      readonly usedToday: (sent: number) => string;
    };
    readonly themes: Readonly<Record<'auto' | 'light' | 'dark', string>>;
    readonly scopes: Readonly<Record<'read' | 'send' | 'calls' | 'admin', string>>;
    readonly kept: Readonly<Record<string, string>>;
    readonly revokeSure: (name: string) => string;
    readonly tested: (status: string) => string;
    readonly about: (version: string) => string;
  };
  /** What to do when a modem that works is in no network. */
  readonly outside: Readonly<Record<'searching' | 'denied' | 'idle' | 'emergency-only', string>>;
  readonly setup: Readonly<
    Record<
      | 'title'
      | 'text'
      | 'demoText'
      | 'open'
      | 'connect'
      | 'stick'
      | 'stickDone'
      | 'stickNone'
      | 'port'
      | 'portDone'
      | 'portAsk'
      | 'portUse'
      | 'portNone'
      | 'sim'
      | 'simDone'
      | 'simWait'
      | 'pin'
      | 'pinGo'
      | 'pinHint'
      | 'network'
      | 'networkDone'
      | 'networkWait'
      | 'test'
      | 'testHint'
      | 'testGo'
      | 'done'
      | 'now'
      | 'later'
      | 'wrong'
      | 'restart',
      string
    >
  >;
  readonly ports: Readonly<Record<'title' | 'hint' | 'none' | 'ask' | 'answers' | 'silent' | 'inUse', string>> & {
    /** By the code of the gateway's reason; given the name of the device. */
    readonly reasons: Readonly<Record<string, (name: string) => string>>;
    readonly remarks: Readonly<Record<string, (name: string) => string>>;
  };
  readonly wire: Readonly<
    Record<'title' | 'hint' | 'watch' | 'pause' | 'goOn' | 'clear' | 'none' | 'out' | 'in', string>
  > & {
    readonly waiting: Counted;
  };
  readonly contacts: Readonly<
    Record<
      | 'title'
      | 'none'
      | 'search'
      | 'add'
      | 'name'
      | 'addresses'
      | 'addressesHint'
      | 'rename'
      | 'give'
      | 'menu'
      | 'block'
      | 'unblock'
      | 'allow'
      | 'disallow'
      | 'denied'
      | 'deniedHint'
      | 'allowed'
      | 'allowedHint'
      | 'heeded'
      | 'pattern'
      | 'patternHint'
      | 'listsTitle'
      | 'note'
      | 'putOn'
      | 'takeOff'
      | 'nobody',
      string
    >
  > & {
    readonly removeSure: (name: string) => string;
    readonly takeOffOne: (pattern: string) => string;
    readonly blockedBy: (pattern: string) => string;
    readonly change: (name: string) => string;
    readonly removeOne: (name: string) => string;
  };
}
