import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';
import { helpPage, readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';

/** Each command is loaded only when it is asked for: a start takes no longer than it must. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  worker: async () => (await import('./worker.ts')).worker,
  handler: async () => (await import('./handler.ts')).handler,
  scheduler: async () => (await import('./scheduler.ts')).scheduler,
  api: async () => (await import('./api.ts')).api,
  send: async () => (await import('./send.ts')).send,
  inbox: async () => (await import('./inbox.ts')).inbox,
  wait: async () => (await import('./wait.ts')).wait,
  keys: async () => (await import('./keys.ts')).keys,
  password: async () => (await import('./password.ts')).password,
  audit: async () => (await import('./audit.ts')).audit,
  webhooks: async () => (await import('./webhooks.ts')).webhooks,
  'trace-message': async () => (await import('./trace-message.ts')).traceMessage,
  'dead-letters': async () => (await import('./dead-letters.ts')).deadLetters,
  ports: async () => (await import('./ports.ts')).ports,
  decode: async () => (await import('./decode.ts')).decode,
  encode: async () => (await import('./encode.ts')).encode,
  backup: async () => (await import('./backup.ts')).backup,
  copy: async () => (await import('./copy.ts')).copy,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  'virtual-modem': async () => (await import('./virtual-modem.ts')).virtualModem,
};

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') return await printHelp();
    if (name === '--version') return await printVersion();
    const load = commands[name];
    if (load === undefined) throw unknownCommand(name);
    const command = await load();
    if (rest.includes('--help') || rest.includes('-h')) {
      console.log(helpPage(command.spec));
      return 0;
    }
    return await command.run(readArguments(command.spec, rest));
  } catch (thrown) {
    return explain(thrown);
  }
}

async function printHelp(): Promise<number> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map(({ spec }) => spec.name.length));
  const rows = all.map(({ spec }) => `  ${spec.name.padEnd(width)}  ${spec.summary}`);
  console.log(
    ['Usage: simloft COMMAND [options]', '', ...rows, '', 'simloft COMMAND --help says more about one of them.'].join(
      '\n',
    ),
  );
  return 0;
}

async function printVersion(): Promise<number> {
  const { version } = await import('./version.ts');
  console.log(version);
  return 0;
}

function unknownCommand(name: string): SimloftError {
  const near = closest(name, Object.keys(commands));
  const hint = near === null ? 'simloft --help lists them.' : `Did you mean "${near}"?`;
  return new SimloftError('usage', `simloft has no command "${name}". ${hint}`);
}
