import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSettings } from '../../src/config/load.ts';
import { settingNames } from '../../src/config/names.ts';
import { settingsTable } from '../../src/config/settings.ts';
import {
  type ComposeService,
  environmentOf,
  faultsOf,
  readComposeFile,
  root,
  textOf,
  variablesOf,
} from '../support/compose/compose-file.ts';
import { copiesOf, readStages } from '../support/compose/dockerfile.ts';

const files = ['compose.yaml', 'compose.demo.yaml'] as const;
const image = readStages(textOf('Dockerfile')).at(-1)?.instructions ?? [];
const exposed = image.filter(({ keyword }) => keyword === 'EXPOSE').flatMap(({ words }) => words);
const { version }: { version: string } = JSON.parse(textOf('package.json'));
/** As deploy/make-env.sh would write them. */
const values = { POSTGRES_PASSWORD: 'p1', RABBITMQ_PASSWORD: 'p2', MODEM_DEVICE: '/dev/ttyUSB1', MODEM_GROUP: '20' };

describe.each(files)('%s', (name) => {
  const file = readComposeFile(name);
  const services = Object.entries(file.services);
  const ours = services.filter(([, { build }]) => build !== undefined);
  const roles = ours.filter(([service]) => service !== 'virtual-modem');

  it("is as the compose specification's own schema wants it", () => {
    const schema: Record<string, unknown> = JSON.parse(textOf('node_modules/dclint/schemas/compose.schema.json'));
    // It names its draft by an address that the validator knows under another scheme.
    const { $schema: _, ...rules } = schema;
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(rules);
    validate(parse(textOf(name), { merge: true }));
    expect(validate.errors ?? []).toEqual([]);
    validate({ services: { api: { restarts: 'always' } } });
    expect(validate.errors).not.toBeNull();
  });

  it('has the servers and the roles', () => {
    const expected = ['api', 'handler', 'postgres', 'rabbitmq', 'scheduler', 'worker'];
    const modem = name === 'compose.demo.yaml' ? ['virtual-modem'] : [];
    expect(services.map(([service]) => service).toSorted()).toEqual([...expected, ...modem].toSorted());
  });

  it.each(ours)('%s runs a command that there is', (_service, { command }) => {
    const [word = '', ...options] = command ?? [];
    const help = execFileSync(join(root, 'bin/simloft'), [word, '--help'], { encoding: 'utf8' });
    for (const option of options.filter((candidate) => candidate.startsWith('--')))
      expect(help).toContain(`${option} `);
  });

  it.each(roles)('%s gets settings that its command knows, with values that are allowed', async (role, service) => {
    const known = optionsOf(role);
    expect(Object.keys(service.environment).filter((variable) => !known.includes(variable))).toEqual([]);
    const { warnings } = await loadSettings({ env: environmentOf(service, values) });
    expect(warnings).toEqual([]);
  });

  it.each(roles)('%s leaves no setting out', (role, service) => {
    // The address follows from ACCESS.
    const left = optionsOf(role).filter((variable) => !(variable in service.environment) && variable !== 'HOST');
    expect(left).toEqual([]);
  });

  it('has no password of its own, and does not start without one', () => {
    const secrets = variablesOf(textOf(name)).filter((variable) => variable.name.includes('PASSWORD'));
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    for (const { rest } of secrets) expect(rest).toMatch(/^:\?.*make-env/);
    const literal = services.flatMap(([, { environment }]) =>
      Object.entries(environment).filter(
        ([variable, value]) => /PASS|SECRET|PIN|URL$/.test(variable) && value !== null && !value.includes('${'),
      ),
    );
    expect(literal).toEqual([]);
  });

  it('opens nothing but the API, and that to this machine only', () => {
    const open = services.filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([service]) => service)).toEqual(['api']);
    const port = file.services['api']?.environment['PORT'];
    for (const published of open.flatMap(([, { ports = [] }]) => ports))
      expect(published).toBe(`127.0.0.1:\${API_PORT:-8080}:${port}`);
    const outside = services.filter(([, { networks = [] }]) =>
      networks.some((network) => file.networks[network]?.internal !== true),
    );
    expect(outside.map(([service]) => service)).toEqual(['api']);
    expect(services.filter(([, { network_mode: mode }]) => mode === 'host')).toEqual([]);
  });

  it('listens on ports that the image names', () => {
    for (const [, { environment }] of roles) {
      expect(exposed).toContain(environment['MONITOR_PORT']);
      if (environment['PORT'] !== undefined) expect(exposed).toContain(environment['PORT']);
    }
  });

  it('names networks, volumes and services that there are, and waits until they are healthy', () => {
    for (const [, { networks = [], volumes = [], depends_on: needed = {}, network_mode: mode = '' }] of services) {
      for (const network of networks) expect(Object.keys(file.networks)).toContain(network);
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./')) expect(existsSync(join(root, source)) && volume.endsWith(':ro')).toBe(true);
        else expect(Object.keys(file.volumes)).toContain(source);
      }
      const guest = /^service:(.+)$/.exec(mode)?.[1];
      for (const service of [...Object.keys(needed), ...(guest === undefined ? [] : [guest])])
        expect(Object.keys(file.services)).toContain(service);
      for (const { condition } of Object.values(needed)) expect(condition).toBe('service_healthy');
    }
  });

  it('keeps what must outlive a container in volumes', () => {
    const places = services.flatMap(([service, { volumes = [] }]) => volumes.map((volume) => [service, volume]));
    expect(places).toEqual([
      ['rabbitmq', 'rabbitmq:/var/lib/rabbitmq'],
      ['rabbitmq', './deploy/rabbitmq.conf:/etc/rabbitmq/conf.d/20-simloft.conf:ro'],
      ['postgres', 'postgres:/var/lib/postgresql/data'],
      ['worker', 'worker:/data'],
    ]);
    expect(file.services['worker']?.environment['DATA_DIR']).toBe('/data');
  });

  it.each(services)('%s is pinned and may do little', (_service, service) => {
    if (service.build === undefined) expect(service.image).toMatch(/^[a-z]+:\d+\.\d+(?:\.\d+)?-alpine$/);
    else expect(service.image).toBe(`simloft:${version}`);
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
      mem_limit: expect.any(String),
      tmpfs: expect.arrayContaining([expect.stringMatching(/^\/tmp:/)]),
    });
    // Ours has a user in the image.
    if (service.build === undefined) expect(service.user).toMatch(/^[a-z]+$/);
    else expect(service.user).toBeUndefined();
  });

  it.each(roles)('%s tells whether it is ready, and is given time to end', (_service, service) => {
    const [kind, program = ''] = service.healthcheck.test;
    expect(kind).toBe('CMD');
    expect(copiesOf(image).map(({ target }) => `/app/${target}`)).toContain(program);
    expect(seconds(service.healthcheck.timeout)).toBeGreaterThan(5);
    expect(seconds(service.stop_grace_period)).toBeGreaterThan(8);
    expect(service.init).toBe(true);
  });
});

describe('compose.demo.yaml', () => {
  it('differs from compose.yaml by its modem only', () => {
    const [real, demo] = [readComposeFile('compose.yaml'), readComposeFile('compose.demo.yaml')];
    const { worker, ...others } = real.services;
    const { worker: demoWorker, 'virtual-modem': modem, ...demoOthers } = demo.services;
    expect(demoOthers).toEqual(others);
    expect({ ...demo, name: '', services: {} }).toEqual({ ...real, name: '', services: {} });
    expect(withoutModem(demoWorker)).toEqual(withoutModem(worker));
    const port = /^tcp:\/\/127\.0\.0\.1:(\d+)$/.exec(demoWorker?.environment['MODEM_PORT'] ?? '')?.[1];
    expect(modem?.command).toEqual(['virtual-modem', '--tcp', port, '--control', expect.stringMatching(/^\d+$/)]);
    expect(modem?.healthcheck.test.at(-1)).toContain(`/127.0.0.1/${modem?.command?.at(-1)}`);
  });

  function withoutModem(service: ComposeService | undefined) {
    const { devices, group_add, networks, network_mode, depends_on, environment, ...rest } = service ?? failing();
    return { ...rest, environment: { ...environment, MODEM_PORT: '' } };
  }
});

describe('the worker of compose.yaml', () => {
  it('gets one serial port, to read and write, and no more', () => {
    const { worker } = readComposeFile('compose.yaml').services;
    expect(worker?.devices).toEqual([
      { source: expect.stringContaining('${MODEM_DEVICE:?'), target: '/dev/modem', permissions: 'rw' },
    ]);
    expect(worker?.environment['MODEM_PORT']).toBe('/dev/modem');
    expect(worker?.group_add).toEqual([expect.stringContaining('${MODEM_GROUP:?')]);
  });
});

describe('the guides', () => {
  it.each(['docker', 'kubernetes'])('%s names files, services and variables that there are', (guide) => {
    const text = textOf(`docs/guides/${guide}.md`);
    // People make that one themselves.
    const named = (text.match(/\bdeploy\/[\w.-]+|\bcompose[\w.]*\.yaml/g) ?? []).filter(
      (name) => name !== 'compose.override.yaml',
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
    const { services } = readComposeFile('compose.demo.yaml');
    const asked = [...text.matchAll(/compose .*(?:exec|logs|stop|start)(?: -\S+)* ([\w-]+)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(asked.filter((name) => !(name in services))).toEqual([]);
    const known = settingNames.map((setting): string => settingsTable[setting].env);
    const variables = (text.match(/`[A-Z]+(?:_[A-Z]+)+/g) ?? []).map((name) => name.slice(1));
    const ofCompose = variablesOf(textOf('compose.yaml')).map(({ name }) => name);
    expect(variables.filter((name) => ![...known, ...ofCompose].includes(name))).toEqual([]);
  });
});

describe('the check of the format', () => {
  it('finds a misspelt key, a wrong unit and a condition that there is not', () => {
    const faulty = {
      name: 'x',
      services: {
        a: {
          image: 'b',
          environment: {},
          mem_limits: '1g',
          mem_limit: '1 GB',
          depends_on: { b: { condition: 'healthy' } },
          healthcheck: { test: ['CMD', 'x'], interval: '1s', timeout: '1s', retries: 1, start_period: '1s' },
        },
      },
    };
    expect(
      faultsOf(faulty)
        .map((fault) => fault.split(':')[0] ?? '')
        .toSorted(),
    ).toEqual(['/services/a', '/services/a/depends_on/b/condition', '/services/a/mem_limit']);
  });
});

/** The settings that the help of a command lists. */
function optionsOf(command: string): readonly string[] {
  const help = execFileSync(join(root, 'bin/simloft'), [command, '--help'], { encoding: 'utf8' });
  const settings = settingNames.map((setting): string => settingsTable[setting].env);
  return settings.filter((env) => help.includes(` ${env} `));
}

function seconds(duration: string | undefined): number {
  return Number(/^(\d+)s$/.exec(duration ?? '')?.[1]);
}

function failing(): never {
  throw new Error('there is no such service');
}
