import { type LoadedSettings, loadSettings } from '../config/load.ts';
import { type SettingName, type Settings, settingsTable } from '../config/settings.ts';
import { SimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Command } from './command.ts';
import { createLogger } from './logger.ts';
import { type OpenBus, openBus } from './open-parts.ts';
import { openMonitor } from './monitor.ts';
import type { Role } from './roles/role.ts';
import { settingOptions } from './setting-options.ts';
import { untilTold } from './until-told.ts';
import { openWatch, type Watch } from './watch.ts';

export interface RoleCommand {
  readonly name: string;
  readonly summary: string;
  readonly details: string;
  /** Without these the role has nothing to do, or nobody to do it with. */
  readonly needs: readonly SettingName[];
  /** Settings that mean something to it, besides those that every role has. */
  readonly settings: readonly SettingName[];
  /** Refuses settings that do not fit together, before any server is waited for. */
  readonly check?: (settings: Settings) => void;
  readonly start: (parts: RoleParts) => Promise<Role>;
}

export interface RoleParts extends OpenBus {
  readonly settings: LoadedSettings;
  readonly log: Logger;
  /** Null when nobody asks for metrics. */
  readonly watch: Watch | null;
  /** Ends the waiting for servers. */
  readonly signal: AbortSignal;
}

const ofEveryRole = ['amqpUrl', 'monitorHost', 'monitorPort', 'tz', 'logLevel'] as const;

/** A role as a process of its own: waits for its servers, does its work until it is told to stop, and says on its monitor port how it is. */
export function roleCommand({ name, summary, details, needs, settings: own, check, start }: RoleCommand): Command {
  return {
    spec: {
      name,
      summary,
      details,
      options: {
        config: { type: 'string', value: 'FILE', help: 'a YAML file with settings' },
        ...settingOptions([...new Set([...needs, ...own, ...ofEveryRole])]),
      },
    },
    async run({ strings }) {
      const { config, ...flags } = strings;
      const file = config === undefined ? {} : { file: config };
      const settings = await loadSettings({ flags, env: process.env, ...file });
      for (const setting of needs) requireSetting(name, settings, setting);
      check?.(settings);
      if (settings.tz !== null) process.env['TZ'] = settings.tz;
      const format = process.stdout.isTTY ? 'text' : 'json';
      const log = createLogger({ level: settings.logLevel, format }).child({ role: name });
      for (const warning of settings.warnings) log.warn({}, warning);
      const waiting = new AbortController();
      const told = untilTold().then(() => waiting.abort());
      const running = runRole({ settings, log, name, start, signal: waiting.signal, told });
      await running.catch((error: unknown) => {
        if (!waiting.signal.aborted) throw error;
      });
      return 0;
    },
  };
}

interface Running extends Pick<RoleCommand, 'name' | 'start'>, Pick<RoleParts, 'settings' | 'log' | 'signal'> {
  readonly told: Promise<void>;
}

async function runRole({ settings, log, name, start, signal, told }: Running): Promise<void> {
  let role: Role | null = null;
  let opened: OpenBus | null = null;
  const watch = settings.monitorPort === null ? null : await openWatch(name);
  const monitor = await openMonitor({
    settings,
    log,
    watch,
    troubles: async () => {
      if (opened === null || role === null)
        return [{ code: 'bus_unavailable', text: 'The servers that this role needs have not been reached yet.' }];
      return [...opened.troubles(), ...(await role.troubles())];
    },
  });
  try {
    opened = await openBus({ settings, log, role: name, signal });
    if (watch !== null && opened.queueDepths !== null) watch.queues(opened.queueDepths);
    role = await start({ ...opened, settings, log, signal, watch });
    console.log(`simloft ${name} runs.${monitor.url === null ? '' : ` Health and metrics: ${monitor.url}`}`);
    await told;
    console.log('Stopping.');
  } finally {
    await role?.stop();
    await opened?.bus.close();
    await monitor.close();
    watch?.metrics.close();
  }
}

function requireSetting(role: string, settings: Settings, name: SettingName): void {
  if (settings[name] !== null) return;
  const { env, kind } = settingsTable[name];
  throw new SimloftError(
    'setting_invalid',
    `simloft ${role} needs ${env}, ${kind.allowed}. To run everything in one process without servers: simloft start.`,
    { details: { setting: env } },
  );
}
