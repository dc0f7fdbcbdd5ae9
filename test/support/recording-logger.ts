import type { LogFields, Logger } from '../../src/core/logger.ts';

/** A logger that keeps its lines, fields and all. */
export interface RecordingLogger extends Logger {
  readonly lines: { readonly level: string; readonly fields: LogFields; readonly message: string }[];
}

export function recordingLogger(lines: RecordingLogger['lines'] = []): RecordingLogger {
  const level = (level: string) => (fields: LogFields, message: string) => void lines.push({ level, fields, message });
  return {
    lines,
    debug: level('debug'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
    child: () => recordingLogger(lines),
  };
}
