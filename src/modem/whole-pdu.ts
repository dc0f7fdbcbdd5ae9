/** Whether a PDU line can be what the modem holds: hex, whole octets, and as long as its header says (TS 27.005 §3.1 <length>). */
export function isWholePdu(pdu: string, tpduLength: number | null): boolean {
  if (!isHex(pdu) || pdu.length % 2 !== 0) return false;
  if (tpduLength === null) return true;
  const centreOctets = Number.parseInt(pdu.slice(0, 2), 16);
  return pdu.length / 2 === 1 + centreOctets + tpduLength;
}

export function isHex(pdu: string): boolean {
  return /^[0-9A-F]+$/i.test(pdu);
}
