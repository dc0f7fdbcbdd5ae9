import { octetHex } from './octets.ts';
import { concatenation } from './user-data-header.ts';
import type { Deliver } from './tpdu.ts';

/**
 * What makes a message the same one when the network delivers it again: TP-OA, TP-SCTS, TP-PID, TP-DCS and TP-UD with
 * its header. The first octet is left out, because the network changes its flags between deliveries; of it only TP-UDHI
 * decides what the user data means.
 */
export function deliverIdentity(deliver: Deliver): string {
  const { originatingAddress, timestamp, protocolIdentifier, dataCoding, userData } = deliver;
  const header = deliver.userDataHeaderIndicator ? 'H' : '';
  const codes = octetHex(protocolIdentifier) + octetHex(dataCoding.octet);
  return `${originatingAddress.hex}-${timestamp.raw}-${codes}-${header}${octetHex(userData.length)}${userData.hex}`;
}

/**
 * What the parts of one set have in common: sender with its type, reference with its width, and total (TS 23.040
 * §9.2.3.24.1, §9.2.3.24.8). Null when the message is no part of a set. A set that came later may have the same key.
 */
export function setKey(deliver: Pick<Deliver, 'originatingAddress' | 'userData'>): string | null {
  const place = concatenation(deliver.userData);
  if (place === null) return null;
  const { typeOfNumber, numberingPlan, number } = deliver.originatingAddress;
  return `${typeOfNumber}.${numberingPlan}.${number}/${place.bits}.${place.reference}/${place.total}`;
}
