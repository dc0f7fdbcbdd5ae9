/** What a refused message means for the next try. */
export type CmsKind =
  /** The network or the recipient cannot now: try again after some time. */
  | 'temporary'
  /** The modem or the SIM cannot this very moment: try again in seconds. */
  | 'busy'
  /** This message will never be accepted. */
  | 'permanent'
  /** The SIM, the account or a setting is the cause: a person must act. */
  | 'configuration'
  /** The code says nothing. */
  | 'unclear'
  /** The message may have been sent. */
  | 'unknown-outcome'
  /** The service centre has this message already. */
  | 'already-sent';

export interface CmsCause {
  readonly kind: CmsKind;
  /** For a person: what is wrong and what to do. */
  readonly text: string;
}

/**
 * Which of the two common meanings the codes from 512 on have: A is Siemens' and its relatives', B Wavecom's and many others'.
 */
export type CmsVendorSet = 'A' | 'B' | null;

const t = 'temporary';
const b = 'busy';
const p = 'permanent';
const c = 'configuration';
const u = 'unclear';

const pin = 'The SIM card wants a code (PIN or PUK).';
const badPdu = 'The modem does not accept the form of the message; this is an error of the gateway.';
const badNetworkPdu =
  'The network does not accept the form of the message, or the number of the service centre is wrong.';
const notSupported = 'The service centre does not support this kind of message.';

/**
 * `+CMS ERROR` by number: 0-127 are RP causes (TS 24.011 §8.2.5.4, Annex E), 128-255 TP-FCS (TS 23.040 §9.2.3.22),
 * 300-511 the equipment's (TS 27.005 §3.2.5).
 */
const standardCauses: Readonly<Record<number, readonly [CmsKind, string]>> = {
  1: [p, 'The number does not exist.'],
  8: [c, 'The operator has barred sending: an unpaid bill, or a tariff without SMS.'],
  10: [c, 'SMS is barred for this SIM card, or for this destination.'],
  11: [p, 'The network rejects the message.'],
  21: [
    t,
    'The network or the service centre rejected the message: spam protection, no money, or a wrong service centre.',
  ],
  22: [t, 'The memory of the recipient is full.'],
  27: [t, 'The recipient cannot be reached now.'],
  28: [c, 'The network does not know this SIM card: no money, not activated, or a wrong service centre.'],
  29: [c, 'The network does not allow this service for the SIM card.'],
  30: [c, 'The subscriber is not known: the number is not in the network, or the SIM card is not set up for SMS.'],
  38: [t, 'The network is out of order, or the balance is exhausted.'],
  41: [t, 'The network has a temporary failure.'],
  42: [t, 'The network is congested.'],
  47: [t, 'The network has no resources left.'],
  50: [c, 'SMS is not part of the tariff, or there is no money, or the SIM card is for data only.'],
  69: [c, 'The network does not offer SMS.'],
  81: [t, 'The network lost track of the message.'],
  95: [p, badNetworkPdu],
  96: [p, badNetworkPdu],
  97: [p, badNetworkPdu],
  98: [p, badNetworkPdu],
  99: [p, badNetworkPdu],
  111: [t, 'The network reports an error of its protocol.'],
  127: [t, 'The networks of sender and recipient do not understand each other.'],
  128: [p, notSupported],
  129: [p, notSupported],
  130: [p, 'The service centre cannot replace the earlier message.'],
  143: [p, notSupported],
  144: [p, 'The service centre does not support this alphabet.'],
  145: [p, 'The service centre does not support this class of message.'],
  159: [p, 'The service centre does not support this coding.'],
  160: [p, notSupported],
  161: [p, notSupported],
  175: [p, notSupported],
  176: [p, notSupported],
  192: [t, 'The service centre is busy.'],
  193: [c, 'The account has no SMS service.'],
  194: [t, 'The service centre has failed.'],
  195: [p, 'The service centre does not accept the number.'],
  196: [p, 'The recipient is barred.'],
  197: ['already-sent', 'The service centre has this message already.'],
  198: [p, 'The service centre does not support the form of the validity period.'],
  199: [p, 'The service centre does not support a validity period.'],
  208: [c, 'The message memory of the SIM card is full.'],
  209: [t, 'The SIM card has no message memory.'],
  210: [t, 'The equipment reports an error.'],
  211: [t, 'The message memory is full.'],
  212: [t, 'The SIM card is busy.'],
  213: [t, 'The SIM card could not take the data.'],
  255: [t, 'The service centre rejected the message without a reason.'],
  300: [t, 'The modem has failed.'],
  301: [b, 'The SMS service of the modem is reserved by something else.'],
  302: [b, 'The modem does not allow sending now: the SIM card is not ready, or a setting is in the way.'],
  303: [c, 'The modem does not support this.'],
  304: [p, badPdu],
  305: [p, badPdu],
  310: [c, 'There is no SIM card in the modem.'],
  311: [c, pin],
  312: [c, pin],
  313: [c, 'The SIM card does not work.'],
  314: [b, 'The SIM card is busy.'],
  315: [c, 'This SIM card is the wrong one for the modem.'],
  316: [c, pin],
  317: [c, pin],
  318: [c, pin],
  320: [t, 'The message memory has failed.'],
  321: [u, 'There is no message at this place of the memory.'],
  322: [c, 'The message memory is full; some modems cannot send then.'],
  330: [c, 'The number of the service centre is not set.'],
  331: [t, 'There is no network.'],
  332: ['unknown-outcome', 'The network did not answer in time; the message may have been sent.'],
  340: [u, 'The modem did not expect an acknowledgement.'],
  350: ['unknown-outcome', 'The network gave no answer; the message may have been sent.'],
  500: [u, 'The modem gives no reason: often no money, a wrong service centre, or barred sending.'],
};

const setA: Readonly<Record<number, readonly [CmsKind, string]>> = {
  512: [p, 'The message was aborted by the user.'],
  513: [p, 'The message could not be stored.'],
  514: [p, badPdu],
  515: [p, 'The number holds a character that the modem does not accept.'],
  516: [p, badPdu],
  517: [p, badPdu],
  519: [p, badPdu],
};

const setB: Readonly<Record<number, readonly [CmsKind, string]>> = {
  512: [t, 'There is no connection to the network, or its signal is weak.'],
  513: ['unknown-outcome', 'The radio link was lost before the network answered; the message may have been sent.'],
  514: [t, 'The network has an error or is congested.'],
  515: [b, 'The modem is busy, or its SMS service is still starting.'],
};

const anyVendor: Readonly<Record<number, readonly [CmsKind, string]>> = {
  515: [b, 'The modem is busy, or its SMS service is still starting.'],
  532: [b, 'The SIM card or the SMS service is not ready.'],
  535: [b, 'The modem is busy.'],
};

/** The cause of `+CMS ERROR: <code>`. Codes from 512 on are the vendor's; without `vendorSet` they are taken as worth another try. */
export function cmsCause(code: number, vendorSet: CmsVendorSet = null): CmsCause {
  const vendor = vendorSet === null ? undefined : (vendorSet === 'A' ? setA : setB)[code];
  const known = standardCauses[code] ?? vendor ?? anyVendor[code];
  if (known !== undefined) return { kind: known[0], text: known[1] };
  if (code <= 127) return { kind: t, text: `The network refused the message (cause ${code}).` };
  if (code <= 255) return { kind: t, text: `The service centre refused the message (cause ${code}).` };
  if (code < 512) return { kind: u, text: `The modem refused the message (error ${code}).` };
  return { kind: t, text: `The modem refused the message for a reason of its maker (error ${code}).` };
}

/** The texts of `+CMS ERROR` that a modem with CMEE=2 prints instead of the number (TS 27.005 §3.2.5). */
export const cmsTexts: Readonly<Record<number, string>> = {
  300: 'ME failure',
  301: 'SMS service of ME reserved',
  302: 'operation not allowed',
  303: 'operation not supported',
  304: 'invalid PDU mode parameter',
  305: 'invalid text mode parameter',
  310: 'SIM not inserted',
  311: 'SIM PIN required',
  312: 'PH-SIM PIN required',
  313: 'SIM failure',
  314: 'SIM busy',
  315: 'SIM wrong',
  316: 'SIM PUK required',
  317: 'SIM PIN2 required',
  318: 'SIM PUK2 required',
  320: 'memory failure',
  321: 'invalid memory index',
  322: 'memory full',
  330: 'SMSC address unknown',
  331: 'no network service',
  332: 'network timeout',
  340: 'no +CNMA acknowledgement expected',
  500: 'unknown error',
};
