/** Takes the control characters (C0, C1, DEL and the ones that turn the direction of writing) out of a text for a terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are just the ones to take out.
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '·');
}
