/**
 * The part of the Compose file format that our files use, from the Compose specification (docker.com/reference/compose-file), as JSON
 * Schema. Stricter than the format: what is not named here is refused, so that a misspelt key, which would be a limit that does not
 * hold, cannot slip in.
 */
const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1, uniqueItems: true } as const;
const duration = { type: 'string', pattern: '^\\d+(?:ms|s|m|h)$' } as const;
const size = { type: 'string', pattern: '^\\d+[kmg]$' } as const;
const name = '^[a-zA-Z0-9._-]+$';

const healthcheck = {
  type: 'object',
  additionalProperties: false,
  required: ['test', 'interval', 'timeout', 'retries', 'start_period'],
  properties: {
    test: { type: 'array', items: text, minItems: 2 },
    interval: duration,
    timeout: duration,
    retries: { type: 'integer', minimum: 1 },
    start_period: duration,
  },
} as const;

const dependency = {
  type: 'object',
  additionalProperties: false,
  required: ['condition'],
  properties: {
    condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
    restart: { type: 'boolean' },
    required: { type: 'boolean' },
  },
} as const;

const device = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'target', 'permissions'],
  properties: { source: text, target: text, permissions: { type: 'string', pattern: '^[rwm]{1,3}$' } },
} as const;

const service = {
  type: 'object',
  additionalProperties: false,
  required: ['image', 'environment', 'healthcheck'],
  properties: {
    image: text,
    build: text,
    command: texts,
    user: text,
    hostname: text,
    init: { type: 'boolean' },
    // A variable without a value is taken from .env, and stays unset when it is not there.
    environment: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
    devices: { type: 'array', items: device },
    group_add: { type: 'array', items: { type: ['string', 'number'] } },
    volumes: texts,
    tmpfs: texts,
    ports: texts,
    networks: texts,
    network_mode: text,
    depends_on: { type: 'object', propertyNames: { pattern: name }, additionalProperties: dependency },
    healthcheck,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    read_only: { type: 'boolean' },
    cap_drop: texts,
    security_opt: texts,
    mem_limit: size,
    shm_size: size,
    pids_limit: { type: 'integer', minimum: -1 },
    stop_grace_period: duration,
    logging: {
      type: 'object',
      additionalProperties: false,
      required: ['driver'],
      properties: { driver: text, options: { type: 'object', additionalProperties: { type: ['string', 'number'] } } },
    },
  },
} as const;

export const composeFormat = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'services'],
  patternProperties: { '^x-': {} },
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', propertyNames: { pattern: name }, additionalProperties: service },
    networks: {
      type: 'object',
      propertyNames: { pattern: name },
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: { internal: { type: 'boolean' } },
      },
    },
    volumes: { type: 'object', propertyNames: { pattern: name }, additionalProperties: { type: 'null' } },
  },
} as const;
