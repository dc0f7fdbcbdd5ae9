import type { ErrorCode } from './errors.ts';
import type { ModemStatus, StatusTopic } from './modem-status.ts';
import type { PortRemark, SeenPort } from './ports.ts';

/** What a worker can be asked to do. Commands of one modem run one after the other. */
export type ModemCommand =
  | SendCommand
  | UssdCommand
  | UssdCancelCommand
  | DialCommand
  | HangUpCommand
  | ReadStatusCommand
  | SweepCommand
  | RestartCommand
  | RawAtCommand
  | UnlockCommand
  | ListPortsCommand
  | TraceCommand;

interface CommandBase {
  readonly id: string;
  /** Epoch ms; a worker never begins a command, nor a further part of one, after this moment. */
  readonly expiresAt: number;
}

/** Sends the parts of one message in order; stops at the first that is not sent. */
export interface SendCommand extends CommandBase {
  readonly type: 'send';
  readonly messageId: number;
  readonly attempt: number;
  /** When a scheduler handed it over, epoch ms on its clock. */
  readonly handedAt: number;
  readonly parts: readonly SubmitPart[];
}

export interface SubmitPart {
  readonly seq: number;
  /** Upper-case hex, service-centre address in front (`00`: the one of the SIM). */
  readonly pdu: string;
  /** Octets of the TPDU, the number that AT+CMGS wants. */
  readonly tpduLength: number;
}

export interface UssdCommand extends CommandBase {
  readonly type: 'ussd';
  /** `*100#`, or the answer to an open menu. */
  readonly text: string;
  /** Close a session that the reply leaves open (for polls; a person wants to answer the menu). */
  readonly endSession: boolean;
}

export interface UssdCancelCommand extends CommandBase {
  readonly type: 'ussd.cancel';
}

export interface DialCommand extends CommandBase {
  readonly type: 'dial';
  readonly number: string;
  /** How long to let it ring, ms. */
  readonly ringMs: number;
}

/** Ends or rejects whatever call there is. */
export interface HangUpCommand extends CommandBase {
  readonly type: 'hang-up';
}

export interface ReadStatusCommand extends CommandBase {
  readonly type: 'read-status';
  readonly topics: readonly StatusTopic[];
}

export interface SweepCommand extends CommandBase {
  readonly type: 'sweep';
}

/** Restarts the modem itself; the link comes back by itself. */
export interface RestartCommand extends CommandBase {
  readonly type: 'restart';
}

export interface RawAtCommand extends CommandBase {
  readonly type: 'raw-at';
  /** Without the CR. */
  readonly line: string;
  readonly timeoutMs: number;
}

/** Enters another PIN of the SIM. It is kept for as long as the worker runs; the same guard as for the one of the settings stands before it. */
export interface UnlockCommand extends CommandBase {
  readonly type: 'unlock';
  /** 4 to 8 digits. */
  readonly pin: string;
}

/** Tells the serial ports of the worker's machine. */
export interface ListPortsCommand extends CommandBase {
  readonly type: 'list-ports';
  /** Ask those that may be a modem's whether they answer AT. */
  readonly ask: boolean;
}

/** Tells the dialogue with the modem, masked, as live notices. */
export interface TraceCommand extends CommandBase {
  readonly type: 'trace';
  /** From now on, ms; who still looks then asks again. */
  readonly forMs: number;
}

/** What a command came to. Expected ends are results, not throws. */
export type CommandResult =
  | { readonly ok: true; readonly value: CommandValue | null }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export type CommandValue =
  | { readonly type: 'ussd'; readonly status: number; readonly text: string | null }
  | { readonly type: 'status'; readonly status: ModemStatus }
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | { readonly type: 'ports'; readonly ports: readonly SeenPort[]; readonly remarks: readonly PortRemark[] };

/** Runs one command of one modem; what a worker serves on the bus. */
export type CommandHandler = (command: ModemCommand, signal: AbortSignal) => Promise<CommandResult>;
