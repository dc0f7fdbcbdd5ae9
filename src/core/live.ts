/** What happened, told at once to whoever listens. It names the row; the row is the truth. */
export type LiveNotice =
  | { readonly type: 'message.received'; readonly id: number; readonly modem: string }
  | { readonly type: 'message.changed'; readonly id: number; readonly modem: string }
  | { readonly type: 'message.queued'; readonly id: number; readonly modem: string }
  | { readonly type: 'call.changed'; readonly id: number; readonly modem: string }
  | { readonly type: 'reading.changed'; readonly key: string; readonly modem: string }
  | { readonly type: 'modem.changed'; readonly modem: string };
