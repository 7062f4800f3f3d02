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
  parameters?: { in: string; name: string }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** A body in which one value is null. */
export interface NullCase {
  method: 'POST' | 'PUT' | 'PATCH';
  /** With something in place of each parameter. */
  path: string;
  /** Where null is: `items.0.quantity`. */
  field: string;
  isNullable: boolean;
  body: unknown;
}

/** Every place in every JSON body of an API in which null could be sent. */
export async function nullCasesOf(documentUrl: string): Promise<NullCase[]> {
  const { paths, components } = (await call<OpenApi>(documentUrl)).body;
  const resolve = (schema: Schema): Schema => {
    const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.replace('#/components/schemas/', '');
    return name === undefined ? schema : { ...components.schemas[name], ...schema };
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content?.['application/json']?.schema;
      if (!schema) return [];
      const sample = sampleOf(schema, resolve);
      return placesIn(schema, resolve).map(({ at, isNullable }) => ({
        method: method.toUpperCase() as NullCase['method'],
        path: path.replaceAll(/\{\w+\}/g, '1'),
        field: at.join('.'),
        isNullable,
        body: withNull(sample, at),
      }));
    }),
  );
}

interface Place {
  at: string[];
  isNullable: boolean;
}

/** Each field, each element of a list and each field of one, however deep. */
function placesIn(given: Schema, resolve: (schema: Schema) => Schema): Place[] {
  const schema = resolve(given);
  const inside: [string, Schema][] = schema.items ? [['0', schema.items]] : Object.entries(schema.properties ?? {});
  return inside.flatMap(([name, child]) => [
    { at: [name], isNullable: child.nullable === true },
    ...placesIn(child, resolve).map((place) => ({ ...place, at: [name, ...place.at] })),
  ]);
}

/** Something of the right shape; whether the service would take it does not matter. */
function sampleOf(given: Schema, resolve: (schema: Schema) => Schema): unknown {
  const schema = resolve(given);
  if (schema.enum) return schema.enum[0];
  if (schema.items) return [sampleOf(schema.items, resolve)];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, sampleOf(child, resolve)]),
    );
  }
  if (schema.type === 'boolean') return true;
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type === 'object') return {};
  return schema.format === 'date-time' ? '2030-01-01T00:00:00.000Z' : 'sample';
}

function withNull(sample: unknown, at: string[]): unknown {
  const copy = structuredClone(sample);
  const last = at.at(-1) ?? '';
  let parent = copy as Record<string, unknown>;
  for (const name of at.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  parent[last] = null;
  return copy;
}
