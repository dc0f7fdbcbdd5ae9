/** What TP-ST means for the sender. */
export type StatusReportKind =
  /** The receiver has it. */
  | 'delivered'
  /** The service centre passed it on and cannot tell more. */
  | 'forwarded'
  /** A later message took its place at the service centre. */
  | 'replaced'
  /** The service centre is still trying; another report follows. */
  | 'pending'
  /** The validity period ended before it could be delivered. */
  | 'expired'
  /** It will not be delivered. */
  | 'failed';

/** The meaning of TP-ST (TS 23.040 §9.2.3.15); reserved values are read as the standard asks, as a service rejected. */
export function statusReportKind(status: number): StatusReportKind {
  if (status === 0x01) return 'forwarded';
  if (status === 0x02) return 'replaced';
  if (status === 0x46) return 'expired';
  if (status === 0x00 || (status >= 0x10 && status <= 0x1f)) return 'delivered';
  if ((status >= 0x20 && status <= 0x25) || (status >= 0x30 && status <= 0x3f)) return 'pending';
  return 'failed';
}
