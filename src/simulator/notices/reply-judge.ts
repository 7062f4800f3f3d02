const RETURN_CODE = '<return_code>(?:<!\\[CDATA\\[(\\w*)\\]\\]>|(\\w*))</return_code>';
const RETURN_MSG = '(?:<return_msg>(?:<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|[^<]*)</return_msg>|<return_msg ?/>)?';
const STRICT = new RegExp(`^<xml>(?:${RETURN_CODE}${RETURN_MSG}|${RETURN_MSG}${RETURN_CODE})</xml>$`);
const BETWEEN_ELEMENTS = />\s+</g;

/**
 * Why WeChat does not count a reply to a notice; undefined when it does. Only HTTP 200 with exactly
 * `<xml><return_code>…SUCCESS…</return_code><return_msg>…</return_msg></xml>` counts, without a character around it.
 */
export function refusalOf(status: number, body: string, whitespace: 'refuse' | 'accept'): string | undefined {
  if (status !== 200) return `HTTP status ${status}`;
  if (body === '') return 'empty body';
  const candidate = whitespace === 'accept' ? withoutSpace(body) : body;
  const match = STRICT.exec(candidate);
  if (match === null) return complaintAbout(body);
  const code = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
  return code === 'SUCCESS' ? undefined : `return_code ${code}`;
}

/**
 * The same for the app protocol of 2014: only `success` counts, by itself or as the beginning of whatever else is said.
 * Source: v2.md §11.4.
 */
export function v1RefusalOf(status: number, body: string, way: 'prefix' | 'exact'): string | undefined {
  if (status !== 200) return `HTTP status ${status}`;
  if (body === '') return 'empty body';
  const isGood = way === 'exact' ? body === 'success' : /^success/i.test(body);
  return isGood ? undefined : 'not success';
}

function withoutSpace(body: string): string {
  return body.trim().replace(BETWEEN_ELEMENTS, '><');
}

function complaintAbout(body: string): string {
  if (body.startsWith('\uFEFF')) return 'byte order mark before the XML';
  const trimmed = body.trim();
  if (/^[[{"]/.test(trimmed)) return 'JSON';
  if (/^<(!doctype html|html)/i.test(trimmed)) return 'HTML page';
  if (!trimmed.startsWith('<')) return 'plain text';
  if (STRICT.test(withoutSpace(body))) return 'white space around or between the elements';
  return 'not the XML that is asked for';
}
