import type { CommandHandler } from '../core/commands.ts';
import { toSimloftError } from '../core/errors.ts';
import type { Metrics } from './contract.ts';
import { stopwatch } from './stopwatch.ts';

/** The same handler of commands, watched: what the worker of `modem` was asked to do, what it came to, and how long it took. */
export function observeCommands(handler: CommandHandler, metrics: Metrics, modem: string): CommandHandler {
  const { clock, labels } = metrics;
  return async (command, signal) => {
    const type = labels.commandType(command.type);
    const passed = stopwatch(clock);
    let result = 'ok';
    try {
      const answer = await handler(command, signal);
      if (!answer.ok) {
        result = labels.errorCode(answer.code);
        metrics.count('simloft_errors_total', { where: 'command', code: result });
      }
      return answer;
    } catch (error) {
      result = toSimloftError(error).code;
      metrics.countError('command', error);
      throw error;
    } finally {
      metrics.count('simloft_commands_total', { modem: labels.modem(modem), type, result });
      metrics.observe('simloft_command_duration_seconds', { type }, passed());
    }
  };
}
