import type { Deliver } from './tpdu.ts';
import { concatenation, iei, ports } from './user-data-header.ts';

/** What a message received is for. */
export type MessageKind =
  | 'text'
  /** Class 0: to be shown at once and not kept. */
  | 'flash'
  /** Short message type 0: to be acknowledged and not shown (TS 23.040 §9.2.3.9). */
  | 'silent'
  /** Takes the place of an earlier one of the same sender and TP-PID (TS 23.040 §9.2.3.9). */
  | 'replace'
  /** Messages wait: a voicemail, fax, e-mail or another (TS 23.038 §4, TS 23.040 §9.2.3.24.2). */
  | 'voicemail'
  /** WAP push, such as the notice that an MMS waits. */
  | 'wap-push'
  /** For the SIM or for the modem, not for people (TS 23.040 §9.2.3.9). */
  | 'sim-data'
  /** For an application, in octets or by its port. */
  | 'binary';

const wapPorts = new Set([2948, 2949]);
const silentType = 0x40;
const replaceTypes = { first: 0x41, last: 0x47 } as const;
/** ANSI-136 R-DATA, ME data download, ME de-personalization and (U)SIM data download. */
const dataTypes = { first: 0x7c, last: 0x7f } as const;

export function messageKind(deliver: Deliver): MessageKind {
  const { protocolIdentifier: type, dataCoding, userData } = deliver;
  if (type === silentType) return 'silent';
  if (type >= dataTypes.first && type <= dataTypes.last) return 'sim-data';
  const port = ports(userData);
  if (port !== null) return wapPorts.has(port.destination) ? 'wap-push' : 'binary';
  if (dataCoding.messageWaiting !== null || hasSpecialIndication(deliver)) return 'voicemail';
  if (userData.text === null) return 'binary';
  if (type >= replaceTypes.first && type <= replaceTypes.last) return 'replace';
  return dataCoding.messageClass === 0 ? 'flash' : 'text';
}

function hasSpecialIndication({ userData }: Deliver): boolean {
  return userData.header.some(({ iei: id, data }) => id === iei.specialIndication && data.length === 2);
}

/** Whether it is one part of a longer message, which is to be joined before it is shown. */
export function isPart({ userData }: Deliver): boolean {
  return (concatenation(userData)?.total ?? 1) > 1;
}
