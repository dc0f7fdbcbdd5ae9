import { error, ok, type Reply } from '../answer.ts';
import type { Request } from '../command-line.ts';
import type { CommandTable, Machine } from '../machine.ts';
import { callCommands } from './call-commands.ts';
import { identityCommands } from './identity-commands.ts';
import { messageCommands } from './message-commands.ts';
import { messageSettingsCommands } from './message-settings-commands.ts';
import { networkCommands } from './network-commands.ts';
import { sendingCommands } from './sending-commands.ts';
import { settingsCommands } from './settings-commands.ts';
import { simCommands } from './sim-commands.ts';
import { ussdCommands } from './ussd-commands.ts';

const commands: CommandTable = {
  ...settingsCommands,
  ...identityCommands,
  ...simCommands,
  ...networkCommands,
  ...messageSettingsCommands,
  ...messageCommands,
  ...sendingCommands,
  ...callCommands,
  ...ussdCommands,
  '+CLAC': () => ok(Object.keys(commands).filter((key) => key.startsWith('+'))),
};

/** Runs one command; what is not known is an ERROR, as on any modem. */
export function runCommand(request: Request, machine: Machine): Reply {
  const handler = Object.hasOwn(commands, request.key) ? commands[request.key] : undefined;
  return handler === undefined ? error : handler(request, machine);
}
