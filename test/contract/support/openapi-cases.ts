import { sendRequest } from '../../../tools/client/http.js';

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

/** A request body that differs from the sample in one value. */
export interface BodyCase {
  method: 'POST' | 'PUT' | 'PATCH';
  /** The path with a value in place of each parameter. */
  path: string;
  /** Position of the value: `items.0.quantity`. */
  field: string;
  body: unknown;
}

/** A request body in which one value is null. */
export interface NullCase extends BodyCase {
  isNullable: boolean;
}

/** Lists every field of every JSON body of an API with null in it. */
export async function listNullCases(documentUrl: string): Promise<NullCase[]> {
  return listCases((await sendRequest<OpenApi>(documentUrl)).body, null);
}

/** Lists every date-time field of every JSON body of an API with this text in it. */
export async function listInstantCases(documentUrl: string, text: string): Promise<BodyCase[]> {
  return listCases((await sendRequest<OpenApi>(documentUrl)).body, text).filter(({ format }) => format === 'date-time');
}

/** Lists every date-time query parameter of an API, as `path?name=`. */
export async function listInstantFilters(documentUrl: string): Promise<string[]> {
  const { paths } = (await sendRequest<OpenApi>(documentUrl)).body;
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
      return listFields(schema, resolve).map(({ names, isNullable, format }) => ({
        method: method.toUpperCase() as NullCase['method'],
        path: path.replaceAll(/\{\w+\}/g, '1'),
        field: names.join('.'),
        isNullable,
        format,
        body: withValue(sample, names, value),
      }));
    }),
  );
}

interface BodyField {
  names: string[];
  isNullable: boolean;
  format: string | undefined;
}

/** Lists each field, each element of an array and each field of an element, at any depth. */
function listFields(unresolved: Schema, resolve: (schema: Schema) => Schema): BodyField[] {
  const schema = resolve(unresolved);
  const children: [string, Schema][] = schema.items ? [['0', schema.items]] : Object.entries(schema.properties ?? {});
  return children.flatMap(([name, child]) => [
    { names: [name], isNullable: child.nullable === true, format: child.format },
    ...listFields(child, resolve).map((field) => ({ ...field, names: [name, ...field.names] })),
  ]);
}

/** Returns a value of the schema's type. The service need not accept it. */
function sampleValue(unresolved: Schema, resolve: (schema: Schema) => Schema): unknown {
  const schema = resolve(unresolved);
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

function withValue(sample: unknown, names: string[], value: unknown): unknown {
  const copy = structuredClone(sample);
  const last = names.at(-1) ?? '';
  let parent = copy as Record<string, unknown>;
  for (const name of names.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  parent[last] = value;
  return copy;
}
