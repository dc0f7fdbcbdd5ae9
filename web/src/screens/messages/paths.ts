/** Where a conversation is; somebody without an address has one too. */
export const conversationPath = (peer: string): string => `/messages/${encodeURIComponent(peer === '' ? '-' : peer)}`;

export const peerOf = (part: string | undefined): string | null =>
  part === undefined ? null : part === '-' ? '' : decodeURIComponent(part);
