import { parseString } from 'xml2js';

/**
 * Which responses to a notice are accepted: any well-formed XML with SUCCESS, or only the exact line of the documents.
 */
export const REPLY_RULES = ['well-formed', 'strict'] as const;
export type ReplyRule = (typeof REPLY_RULES)[number];

const RETURN_CODE = '<return_code>(?:<!\\[CDATA\\[(\\w*)\\]\\]>|(\\w*))</return_code>';
const RETURN_MSG = '(?:<return_msg>(?:<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|[^<]*)</return_msg>|<return_msg ?/>)?';
const STRICT = new RegExp(`^<xml>(?:${RETURN_CODE}${RETURN_MSG}|${RETURN_MSG}${RETURN_CODE})</xml>$`);
const BETWEEN_ELEMENTS = />\s+</g;
const EXPECTED_ELEMENTS = ['return_code', 'return_msg'];

/**
 * Returns why WeChat does not accept a response to a notice; undefined when it does. Both rules require HTTP 200.
 * `well-formed` accepts any well-formed XML whose `return_code` is SUCCESS: an XML declaration, white space and further
 * elements do not matter, because widely used SDKs send them. `strict` accepts only
 * `<xml><return_code>…SUCCESS…</return_code><return_msg>…</return_msg></xml>` without any other character, as the
 * documents require. Source: docs/wechat-protocol.md, v2 §6.2.
 */
export function checkNoticeReply(status: number, body: string, rule: ReplyRule): string | undefined {
  if (status !== 200) return `HTTP ${status}`;
  if (body.trim() === '') return 'empty body';
  const elements = parseElements(body);
  if (elements === undefined) return describeBody(body);
  const code = elements.get('return_code')?.trim();
  if (code === undefined) return 'no element return_code';
  if (code !== 'SUCCESS') return `return_code ${code}`;
  return rule === 'well-formed' || STRICT.test(body) ? undefined : describeDeviation(body, elements);
}

/** The same for v1: the body must be `success` or begin with it. Source: docs/wechat-protocol.md, v1 §5. */
export function checkV1NoticeReply(status: number, body: string, rule: 'prefix' | 'exact'): string | undefined {
  if (status !== 200) return `HTTP ${status}`;
  if (body === '') return 'empty body';
  const isAccepted = rule === 'exact' ? body === 'success' : /^success/i.test(body);
  return isAccepted ? undefined : 'not success';
}

/** The child elements of the root with their texts; undefined when the body is not well-formed XML. */
function parseElements(body: string): Map<string, string> | undefined {
  if (/^\s*<(!doctype html|html)/i.test(body)) return undefined;
  const parsed: { error: Error | null; root: unknown } = { error: null, root: null };
  // Without the option `async` the callback runs before parseString returns.
  parseString(body, { explicitRoot: false, explicitArray: false, ignoreAttrs: true }, (error, result: unknown) => {
    parsed.error ??= error;
    parsed.root = result;
  });
  const { error, root } = parsed;
  if (error !== null || root === null || root === undefined) return undefined;
  return new Map(typeof root === 'object' ? Object.entries(root).map(([name, value]) => [name, String(value)]) : []);
}

/** The kind of a body that is not XML. */
function describeBody(body: string): string {
  const trimmed = body.trim();
  if (/^[[{"]/.test(trimmed)) return 'JSON';
  if (/^<(!doctype html|html)/i.test(trimmed)) return 'HTML page';
  return trimmed.startsWith('<') ? 'not well-formed XML' : 'plain text';
}

/** How a SUCCESS response differs from the exact line of the documents. */
function describeDeviation(body: string, elements: Map<string, string>): string {
  if (body.startsWith('\uFEFF')) return 'byte order mark before the XML';
  if (/^\s*<\?xml/.test(body)) return 'an XML declaration';
  const further = [...elements.keys()].find((name) => !EXPECTED_ELEMENTS.includes(name));
  if (further !== undefined) return `an element \`${further}\``;
  if (STRICT.test(body.trim().replace(BETWEEN_ELEMENTS, '><'))) return 'white space around or between the elements';
  return 'not the exact XML of the documents';
}

/**
 * The same for v3: only the HTTP status counts. A success for a signature probe is a fault of the client and counts as
 * a failure. Source: WeChat Pay v3, payment notification, reply.
 */
export function checkV3NoticeReply(status: number, isProbe: boolean): string | undefined {
  const isSuccess = status === 200 || status === 204;
  if (isProbe)
    return isSuccess ? 'a success for a signature probe: the client does not check signatures' : 'refused a probe';
  return isSuccess ? undefined : `HTTP ${status}`;
}
