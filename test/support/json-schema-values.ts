import * as fc from 'fast-check';

/** As much of JSON Schema as the OpenAPI document uses. */
export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ValueSchema;
  readonly anyOf?: readonly ValueSchema[];
  readonly oneOf?: readonly ValueSchema[];
}

/** What breaks what takes texts for something else: HTML, SQL, shells, AT, logs, numbers. */
const hostile = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '\u001A',
  "'; DROP TABLE inbound; --",
  '<script>alert(1)</script>',
  '$(reboot)',
  'AT+CMGD=1,4\r',
  '../../etc/passwd',
  '%00',
  '\uD800',
  '9'.repeat(400),
  '-1',
  '1e308',
  'NaN',
  '__proto__',
  '=1+1',
);

/** Anything that could be sent. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Values that the schema allows. */
export function allowedBy(schema: ValueSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const others = schema.anyOf ?? schema.oneOf;
  if (others !== undefined) return fc.oneof(...others.map(allowedBy));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => allowedBy({ ...schema, type })));
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000_000, max: Math.min(schema.maximum ?? 1_000_000, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(allowedBy(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
      });
    case 'object':
      return objects(schema);
    default:
      return anything;
  }
}

function texts({ format, pattern, minLength = 0, maxLength }: ValueSchema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const most = Math.min(maxLength ?? 60, Math.max(minLength, 60));
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: most });
  return fc.oneof(plain, hostile).filter(({ length }) => length >= minLength && length <= (maxLength ?? Infinity));
}

function objects({ properties = {}, required = [] }: ValueSchema): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, allowedBy(schema)]));
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
}
