import { isObject, JsonObject, parameterError, refuse, V3Refusal } from '../v3-call.js';

const KEY = /"(?:[^"\\]|\\.)*"\s*:/g;

/** The JSON object in a body, `{}` for an empty one, or why WeChat cannot read it. */
export function parseBody(bytes: Buffer): { readonly json: JsonObject } | V3Refusal {
  const text = decodeUtf8(bytes);
  if (text === undefined) return refuse(400, 'INVALID_REQUEST', '请求内容传入了非UTF8参数');
  if (text === '') return { json: {} };
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isObject(parsed)) return parameterError('请求内容不是 Json 对象');
    // In valid JSON every string before a colon is a key.
    const isUnique = (text.match(KEY) ?? []).length === countKeys(parsed);
    return isUnique ? { json: parsed } : parameterError('请求内容中有重复的参数');
  } catch {
    return parameterError('请求内容不是合法的 Json');
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, part) => sum + countKeys(part), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
