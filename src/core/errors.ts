/**
 * Every error that a person or a program may meet, in one table. Codes are stable: a code is never renamed and never
 * used again for something else. `docs/reference/errors.md` is generated from this table.
 */
export const errorTable = {
  // settings and start
  setting_invalid: { status: 400, retryable: false, text: 'A setting has a value that is not allowed.' },
  setting_unknown: { status: 400, retryable: false, text: 'There is no setting of this name.' },
  config_unreadable: { status: 400, retryable: false, text: 'The settings file cannot be read.' },
  address_not_allowed: { status: 403, retryable: false, text: 'Listening on this address needs access keys.' },
  address_in_use: { status: 503, retryable: true, text: 'Another program listens on this address.' },
  usage: { status: 400, retryable: false, text: 'The command line is not understood.' },
  gateway_unreachable: { status: 503, retryable: true, text: 'No gateway answers.' },
  gateway_refused: { status: 400, retryable: false, text: 'The gateway refused the request.' },
  not_found: { status: 404, retryable: false, text: 'There is nothing at this address.' },
  request_invalid: { status: 400, retryable: false, text: 'A parameter of the request is wrong.' },
  method_not_allowed: { status: 405, retryable: false, text: 'This address is not asked in this way.' },
  media_type_unsupported: { status: 415, retryable: false, text: 'The body of the request must be JSON.' },
  body_too_large: { status: 413, retryable: false, text: 'The body of the request is too large.' },
  access_refused: {
    status: 403,
    retryable: false,
    text: 'Until access keys exist, only programs on this machine are answered.',
  },
  key_needed: { status: 401, retryable: false, text: 'This gateway answers only with an access key.' },
  key_invalid: { status: 401, retryable: false, text: 'The access key is unknown, expired or revoked.' },
  too_many_tries: { status: 429, retryable: true, text: 'Too many wrong keys or passwords came from this address.' },
  quota_used: { status: 429, retryable: true, text: 'The access key has sent all that it may send today.' },
  key_exists: { status: 409, retryable: false, text: 'There is an access key of this name already.' },
  password_needed: { status: 409, retryable: false, text: 'Without the password nobody could do everything.' },
  scope_missing: { status: 403, retryable: false, text: 'The access key does not allow this.' },
  // port
  port_not_found: { status: 503, retryable: true, text: 'The port does not exist.' },
  port_busy: { status: 503, retryable: true, text: 'Another program holds the port.' },
  port_denied: { status: 503, retryable: true, text: 'This user may not open the port.' },
  port_failed: { status: 503, retryable: true, text: 'The port could not be opened.' },
  port_closed: { status: 503, retryable: true, text: 'The port has closed.' },
  port_stalled: { status: 503, retryable: true, text: 'The port accepts no more bytes.' },
  // AT
  at_timeout: { status: 504, retryable: true, text: 'The modem did not answer in time.' },
  at_error: { status: 502, retryable: true, text: 'The modem answered with an error.' },
  at_aborted: { status: 503, retryable: true, text: 'The command was given up before the modem answered.' },
  at_syntax: {
    status: 502,
    retryable: false,
    text: 'The answer of the modem does not have the form that the standard gives.',
  },
  at_unsafe: { status: 400, retryable: false, text: 'The command holds a character that must not reach the modem.' },
  // modem
  modem_not_ready: { status: 503, retryable: true, text: 'The modem is not ready.' },
  modem_reset: { status: 503, retryable: true, text: 'The modem does not recover, so it is reset.' },
  modem_silent: { status: 503, retryable: true, text: 'Nothing answers AT on this port.' },
  command_expired: { status: 504, retryable: true, text: 'The command waited too long and was not run.' },
  command_repeated: { status: 409, retryable: false, text: 'This try was made already; it is not made twice.' },
  command_unsupported: { status: 501, retryable: false, text: 'This modem cannot do that.' },
  sim_missing: { status: 503, retryable: false, text: 'There is no SIM card in the modem.' },
  sim_pin_needed: { status: 503, retryable: false, text: 'The SIM card wants its PIN.' },
  sim_pin_wrong: { status: 503, retryable: false, text: 'The PIN was wrong; it is not tried again.' },
  sim_puk_needed: { status: 503, retryable: false, text: 'The SIM card is locked and wants its PUK.' },
  sim_locked_to_operator: { status: 503, retryable: false, text: 'The modem is locked to another operator.' },
  sim_failed: { status: 503, retryable: false, text: 'The SIM card does not work.' },
  ussd_refused: { status: 502, retryable: false, text: 'The network refused the USSD request.' },
  ussd_timeout: { status: 504, retryable: true, text: 'The network did not answer the USSD request.' },
  ussd_busy: { status: 409, retryable: true, text: 'Another USSD session is open.' },
  // PDU
  pdu_invalid: { status: 422, retryable: false, text: 'The PDU cannot be decoded.' },
  pdu_unencodable: { status: 422, retryable: false, text: 'This cannot be put into a PDU.' },
  // messages
  number_invalid: { status: 400, retryable: false, text: 'This is not a number that an SMS can be sent to.' },
  text_empty: { status: 400, retryable: false, text: 'The message has no text.' },
  text_too_long: { status: 400, retryable: false, text: 'The message has too many parts.' },
  message_gone: { status: 409, retryable: false, text: 'The message is in a state in which this is too late.' },
  contact_taken: { status: 409, retryable: false, text: 'An address belongs to one contact only.' },
  call_gone: { status: 409, retryable: false, text: 'The call is over.' },
  ussd_no_session: { status: 409, retryable: false, text: 'No USSD menu waits for an answer.' },
  // bus and store
  store_unavailable: { status: 503, retryable: true, text: 'The store cannot be reached or written.' },
  store_busy: { status: 503, retryable: false, text: 'Another gateway uses this data directory.' },
  store_unsafe: { status: 503, retryable: false, text: 'The store cannot keep its promises here.' },
  bus_unavailable: { status: 503, retryable: true, text: 'The bus cannot be reached.' },
  bus_message_invalid: {
    status: 502,
    retryable: false,
    text: 'A message on the bus does not have the form that it should.',
  },
  no_worker: { status: 503, retryable: true, text: 'No worker serves this modem.' },
  // webhooks
  webhook_refused: { status: 400, retryable: false, text: 'Nothing is sent to this address.' },
  webhook_name_taken: { status: 409, retryable: false, text: 'Another webhook has this name.' },
  // live
  wait_timeout: { status: 408, retryable: true, text: 'Nothing that was waited for came in time.' },
  too_many_listeners: { status: 503, retryable: true, text: 'Too many programs listen or wait.' },
  internal: { status: 500, retryable: false, text: 'Something went wrong inside the gateway.' },
} as const satisfies Record<string, { status: number; retryable: boolean; text: string }>;

export type ErrorCode = keyof typeof errorTable;

export interface ErrorOptions {
  readonly cause?: unknown;
  /** What a program may want to know: the field, the value, what is allowed, an octet offset. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one error class. `message` is a sentence for a person: what was wrong, where, how to mend it. */
export class SimloftError extends Error {
  override readonly name = 'SimloftError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message?: string, options: ErrorOptions = {}) {
    super(message ?? errorTable[code].text, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  /** The HTTP status that fits. */
  get status(): number {
    return errorTable[this.code].status;
  }

  /** Whether the same request may succeed later without being changed. */
  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }
}

/** Turns anything thrown into a {@link SimloftError}; what is not ours becomes `internal` with its cause kept. */
export function toSimloftError(thrown: unknown): SimloftError {
  if (thrown instanceof SimloftError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SimloftError('internal', message, { cause: thrown });
}
