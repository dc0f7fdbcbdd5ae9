import { readFileSync } from 'node:fs';
import type { PostgresServer } from './postgres.ts';

/** A signal to each process of the server: those that serve a connection have left its process group. */
export function signalAll(server: PostgresServer, signal: NodeJS.Signals): void {
  const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
  for (const pid of [server.pid, ...children.split(' ').filter(Boolean).map(Number)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself just now.
    }
  }
}
