import type { Outcome, Unknown } from '../../outcome.js';
import { httpError } from '../../wechat-http-client.js';
import { type JsonObject, parseObject, textAt } from '../messages/strict-json.js';
import { currentSpelling, type V3Endpoint, v3ActionFor, type V3Refusal } from './error-actions.js';

/** A response and the call that it answers. */
interface Response {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  bytes: Buffer;
  text: string;
}
interface Call {
  endpoint: V3Endpoint;
}

/** The beginning of WeChat's refusal of a wrong timestamp. Source: docs/wechat-protocol.md, v3 §7.3. */
const CLOCK_REFUSAL = /timestamp.*5\s*分钟/;
/** Codes of refusals before the merchant is authenticated. Source: docs/wechat-protocol.md, v3 §1.3. */
const UNSIGNED_CODES: readonly string[] = ['SIGN_ERROR', 'INVALID_REQUEST', 'PARAM_ERROR'];

/** The outcome of a response whose signature was verified: its status and its code together decide. */
export function outcomeOfVerified(call: Call, response: Response): Outcome<JsonObject> {
  const { status, bytes, text: raw } = response;
  if (status === 204) {
    return bytes.length === 0
      ? { kind: 'done', value: {}, raw: '' }
      : unknownV3(call, 'HTTP 204 with a body', raw, { kind: 'UNUSABLE_ANSWER' });
  }
  const answer = parseObject(bytes);
  if (answer === null)
    return unknownV3(call, `HTTP ${status} without a usable JSON object`, raw, { kind: 'UNUSABLE_ANSWER' });
  if (status === 200) return { kind: 'done', value: answer, raw };
  const refusal = refusalOf(response, answer);
  return refusal === null ? unknownV3(call, `HTTP ${status}`, raw, httpError(status)) : outcomeOf(call, refusal, raw);
}

/**
 * A response without any signature. WeChat signs no refusal that it gives before it knows the merchant: the call had no
 * effect, and the settings or the clock are wrong. Anything else does not come from WeChat's API and proves nothing.
 */
export function outcomeOfUnsigned(call: Call, response: Response): Outcome<JsonObject> {
  const { status, bytes, text: raw } = response;
  if (status >= 200 && status < 300)
    return unknownV3(call, 'the response has no signature', raw, { kind: 'BAD_SIGNATURE' });
  const answer = parseObject(bytes);
  const refusal = answer && refusalOf(response, answer);
  const isBeforeAuthentication = (status === 401 || status === 400) && UNSIGNED_CODES.includes(refusal?.code ?? '');
  if (refusal === null || !isBeforeAuthentication)
    return unknownV3(call, `HTTP ${status} without a signature`, raw, httpError(status));
  return outcomeOf(call, refusal, raw, 'FIX_REQUEST');
}

/** A refusal in place of a file. WeChat signs neither, so it proves nothing but that the file did not come. */
export function outcomeOfUnsignedRefusal(call: Call, response: Omit<Response, 'text'>): Outcome<never> {
  const { status, bytes } = response;
  const raw = new TextDecoder().decode(bytes);
  const answer = parseObject(bytes);
  const refusal = answer && refusalOf(response, answer);
  return refusal ? outcomeOf(call, refusal, raw) : unknownV3(call, `HTTP ${status}`, raw, httpError(status));
}

/** @param before the action of a refusal before authentication, which is not the one of the call's table. */
function outcomeOf(call: Call, refusal: V3Refusal, raw: string, before?: 'FIX_REQUEST'): Outcome<never> {
  const { code, message } = refusal;
  const details = { code, message };
  // Nothing was done, but the same call is right as soon as the clock is.
  if (code === 'SIGN_ERROR' && CLOCK_REFUSAL.test(message)) {
    const reason = "WeChat refuses the timestamp: this machine's clock is more than five minutes wrong";
    return { ...unknownV3(call, reason, raw, { kind: 'HTTP_ERROR', code: 'HTTP 401' }), ...details };
  }
  const action = before ?? v3ActionFor(call.endpoint, refusal);
  if (action === 'RETRY_SAME')
    return { ...unknownV3(call, `${code} ${message}`, raw, { kind: 'SYSTEM_BUSY' }), ...details };
  return { kind: 'refused', code, message, action, raw };
}

function refusalOf({ status, headers }: Omit<Response, 'bytes' | 'text'>, answer: JsonObject): V3Refusal | null {
  const code = textAt(answer, 'code');
  if (code === null || code.length > 64) return null;
  const [, reason = '0'] = /-(\d{1,12})$/.exec(String(headers['request-id'] ?? '')) ?? [];
  return { status, code: currentSpelling(code), message: textAt(answer, 'message') ?? '', reason: Number(reason) };
}

export function unknownV3(
  { endpoint }: Call,
  reason: string,
  raw: string | null,
  failure: NonNullable<Unknown['failure']>,
): Unknown {
  return { kind: 'unknown', reason: `v3 ${endpoint}: ${reason}`, raw, failure };
}
