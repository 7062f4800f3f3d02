import { call } from '../../support/http.js';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  enum?: unknown[];
  format?: string;
  minimum?: number;
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
}

interface Operation {
  parameters?: { in: string; name: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** A body in which one value is another than the sample's. */
export interface BodyCase {
  method: 'POST' | 'PUT' | 'PATCH';
  /** With something in place of each parameter. */
  path: string;
  /** Where the value is: `items.0.quantity`. */
  field: string;
  body: unknown;
}

/** A body in which one value is null. */
export interface NullCase extends BodyCase {
  isNullable: boolean;
}

/** Every place in every JSON body of an API in which null could be sent. */
export async function listNullCases(documentUrl: string): Promise<NullCase[]> {
  return listCases((await call<OpenApi>(documentUrl)).body, null);
}

/** Every field of every JSON body of an API that takes an instant, with this text in it. */
export async function listInstantCases(documentUrl: string, text: string): Promise<BodyCase[]> {
  return listCases((await call<OpenApi>(documentUrl)).body, text).filter(({ format }) => format === 'date-time');
}

/** Every filter of an API that takes an instant, as `path?name=`. */
export async function listInstantFilters(documentUrl: string): Promise<string[]> {
  const { paths } = (await call<OpenApi>(documentUrl)).body;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ parameters = [] }) =>
      parameters
        .filter(({ in: place, schema }) => place === 'query' && schema?.format === 'date-time')
        .map(({ name }) => `${path}?${name}=`),
    ),
  );
}

function listCases({ paths, components }: OpenApi, value: unknown): (NullCase & { format: string | undefined })[] {
  const resolve = (schema: Schema): Schema => {
    const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.replace('#/components/schemas/', '');
    return name === undefined ? schema : { ...components.schemas[name], ...schema };
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content?.['application/json']?.schema;
      if (!schema) return [];
      const sample = sampleValue(schema, resolve);
      return listFields(schema, resolve).map(({ at, isNullable, format }) => ({
        method: method.toUpperCase() as NullCase['method'],
        path: path.replaceAll(/\{\w+\}/g, '1'),
        field: at.join('.'),
        isNullable,
        format,
        body: withValue(sample, at, value),
      }));
    }),
  );
}

interface BodyField {
  at: string[];
  isNullable: boolean;
  format: string | undefined;
}

/** Each field, each element of a list and each field of one, however deep. */
function listFields(given: Schema, resolve: (schema: Schema) => Schema): BodyField[] {
  const schema = resolve(given);
  const inside: [string, Schema][] = schema.items ? [['0', schema.items]] : Object.entries(schema.properties ?? {});
  return inside.flatMap(([name, child]) => [
    { at: [name], isNullable: child.nullable === true, format: child.format },
    ...listFields(child, resolve).map((place) => ({ ...place, at: [name, ...place.at] })),
  ]);
}

/** Something of the right shape; whether the service would take it does not matter. */
function sampleValue(given: Schema, resolve: (schema: Schema) => Schema): unknown {
  const schema = resolve(given);
  if (schema.enum) return schema.enum[0];
  if (schema.items) return [sampleValue(schema.items, resolve)];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, sampleValue(child, resolve)]),
    );
  }
  if (schema.type === 'boolean') return true;
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type === 'object') return {};
  return schema.format === 'date-time' ? '2030-01-01T00:00:00.000Z' : 'sample';
}

function withValue(sample: unknown, at: string[], value: unknown): unknown {
  const copy = structuredClone(sample);
  const last = at.at(-1) ?? '';
  let parent = copy as Record<string, unknown>;
  for (const name of at.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  parent[last] = value;
  return copy;
}
