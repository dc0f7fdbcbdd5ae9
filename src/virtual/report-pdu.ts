import { addressHex, serviceCentrePrefix } from './address-pdu.ts';
import { hexOf } from './octets.ts';

export interface StatusReport {
  readonly messageReference: number;
  readonly recipient: string;
  /** TP-SCTS and TP-DT in hex. */
  readonly scts: string;
  readonly dischargeTime: string;
  /** TP-ST, §9.2.3.15. */
  readonly status: number;
}

/** SMS-STATUS-REPORT, TS 23.040 §9.2.2.3, with the service-centre address in front, in hex. */
export function statusReportPdu({ messageReference, recipient, scts, dischargeTime, status }: StatusReport): string {
  const head = hexOf([0x06, messageReference]);
  return `${serviceCentrePrefix}${head}${addressHex(recipient)}${scts}${dischargeTime}${hexOf([status])}`;
}
