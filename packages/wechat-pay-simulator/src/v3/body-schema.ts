import { isObject, JsonObject, parameterError, V3Refusal } from './v3-call.js';

/** The rule of one field. `label` is WeChat's name of it in error messages. */
export type FieldRule = { readonly label: string; readonly required?: boolean } & (
  | {
      readonly type: 'string';
      readonly min?: number;
      readonly max: number;
      /** WeChat counts most texts in bytes and a few in characters. Default: bytes. */
      readonly unit?: 'bytes' | 'characters';
      readonly pattern?: RegExp;
      readonly oneOf?: readonly string[];
    }
  | { readonly type: 'integer'; readonly min: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'object'; readonly fields: Schema; readonly maxBytes?: number }
  | { readonly type: 'list'; readonly fields: Schema }
  | { readonly type: 'texts' }
);
export type Schema = Readonly<Record<string, FieldRule>>;

const UNKNOWN_PARAMETER = 270_924_358;

/**
 * The refusal of the first invalid field, in the order of the schema; undefined when all are valid. `null` is never
 * allowed. Source: WeChat Pay v3, errors, what PARAM_ERROR brings.
 */
export function checkBody(body: JsonObject, schema: Schema, path = '/body'): V3Refusal | undefined {
  const unknown = Object.keys(body).find((name) => !(name in schema));
  if (unknown !== undefined) {
    return parameterError('参数中含有非法的额外参数', { location: 'body', value: unknown }, UNKNOWN_PARAMETER);
  }
  for (const [name, rule] of Object.entries(schema)) {
    const refusal = checkField(body[name], rule, `${path}/${name}`);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function checkField(value: unknown, rule: FieldRule, path: string): V3Refusal | undefined {
  if (value === undefined) return rule.required === true ? missingField(path, rule.label) : undefined;
  switch (rule.type) {
    case 'string':
      return typeof value === 'string'
        ? checkText(value, rule, path)
        : wrongType(value, rule, path, '一个 string 类型的 Json 值');
    case 'integer':
      if (!Number.isSafeInteger(value)) return wrongType(value, rule, path, '一个合法的 64 位有符号整数');
      if ((value as number) >= rule.min) return undefined;
      return invalid(path, `数值字段“${rule.label}”规则校验失败，值低于最小值 ${rule.min}`, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(value, rule, path, '一个 boolean 类型的 Json 值');
    case 'object': {
      if (!isObject(value)) return wrongType(value, rule, path, '一个 object 类型的 Json 值');
      const length = Buffer.byteLength(JSON.stringify(value));
      if (length > (rule.maxBytes ?? Infinity)) {
        return invalid(
          path,
          `值字段“${rule.label}”规则校验失败，字节数 ${length}，大于最大值 ${String(rule.maxBytes)}`,
          length,
        );
      }
      return checkBody(value, rule.fields, path);
    }
    case 'list':
      if (!Array.isArray(value) || value.length === 0) return wrongType(value, rule, path, '一个 array 类型的 Json 值');
      return firstOf(value, (item: unknown, n) =>
        isObject(item)
          ? checkBody(item, rule.fields, `${path}/${n}`)
          : wrongType(item, rule, path, '一个 object 类型的 Json 值'),
      );
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? undefined
        : wrongType(value, rule, path, '一个 array 类型的 Json 值');
  }
}

function checkText(value: string, rule: Extract<FieldRule, { type: 'string' }>, path: string): V3Refusal | undefined {
  const { label, min = 1, max, unit = 'bytes', pattern, oneOf } = rule;
  const failed = `值字段“${label}”字符串规则校验失败`;
  const length = unit === 'bytes' ? Buffer.byteLength(value) : Array.from(value).length;
  const counted = `${unit === 'bytes' ? '字节数' : '字符数'} ${length}`;
  if (length < min) return invalid(path, `${failed}，${counted}，小于最小值 ${min}`, length);
  if (length > max) return invalid(path, `${failed}，${counted}，大于最大值 ${max}`, length);
  if (/[\u{10000}-\u{10ffff}]/u.test(value)) return invalid(path, `${failed}，含有不支持的字符`, value);
  if (pattern !== undefined && !pattern.test(value)) {
    return invalid(path, `${failed}，字符串必须匹配正则表达式“${pattern.source}”`, value);
  }
  if (oneOf !== undefined && !oneOf.includes(value)) return invalid(path, `枚举字段“${label}”规则校验失败`, value);
  return undefined;
}

/** @param path the place of the field, such as `/body/amount/total` or `/query/mchid` */
export function missingField(path: string, label: string): V3Refusal {
  const message = `输入源“${path}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`;
  return parameterError(message, { location: locationOf(path), value: '' });
}

function wrongType(value: unknown, { label }: FieldRule, path: string, expected: string): V3Refusal {
  const message = `无法将 JSON 输入源“${path}”映射到目标字段“${label}”中，此字段需要${expected}`;
  return parameterError(message, { location: locationOf(path), value });
}

function invalid(path: string, problem: string, value: unknown): V3Refusal {
  return parameterError(`输入源“${path}”映射到${problem}`, { location: locationOf(path), value });
}

function locationOf(path: string): 'body' | 'query' | 'uri_template' {
  const [, root] = path.split('/');
  return root === 'query' || root === 'uri_template' ? root : 'body';
}

function firstOf<T>(items: readonly T[], check: (item: T, n: number) => V3Refusal | undefined): V3Refusal | undefined {
  for (const [n, item] of items.entries()) {
    const refusal = check(item, n);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
