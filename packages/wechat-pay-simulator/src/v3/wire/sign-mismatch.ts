import { hashInSignature, linesOf, sha256, SignedRequestParts } from './v3-crypto.js';

/** A mistake that clients make: the line of the string to sign that differs, and what the client signed there. */
interface Variant {
  readonly line: number;
  readonly mistake: string;
  readonly change: (parts: SignedRequestParts) => Partial<SignedRequestParts>;
}

const VARIANTS: readonly Variant[] = [
  { line: 1, mistake: 'the method in lower case', change: ({ method }) => ({ method: method.toLowerCase() }) },
  { line: 2, mistake: 'the path without its query', change: ({ url }) => ({ url: url.replace(/\?.*$/, '') }) },
  { line: 2, mistake: 'the decoded path', change: ({ url }) => ({ url: decoded(url) }) },
  ...['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'].map((host) => ({
    line: 2,
    mistake: 'the URL with its host',
    change: ({ url }: SignedRequestParts) => ({ url: `${host}${url}` }),
  })),
  { line: 3, mistake: 'milliseconds', change: ({ timestamp }) => ({ timestamp: `${timestamp}000` }) },
  { line: 5, mistake: 'an empty body', change: () => ({ body: '' }) },
  { line: 5, mistake: '{}', change: () => ({ body: '{}' }) },
  { line: 5, mistake: 'the body without white space around it', change: ({ body }) => ({ body: body.trim() }) },
  { line: 5, mistake: 'the body in another notation of JSON', change: ({ body }) => ({ body: rewritten(body) }) },
];

/**
 * Explains a wrong signature. A signature contains the hash of the string that the client signed, so the usual mistakes
 * can be tried one by one. Only the simulator does this; WeChat says no more than that the signature is wrong.
 */
export function explainMismatch(parts: SignedRequestParts, signature: string, publicKey: string): string {
  const hash = hashInSignature(signature, publicKey);
  if (hash === undefined) return 'another private key made the signature, or it is no base64 of 256 bytes';
  const { method, url, timestamp, nonce, body } = parts;
  const lines = [method, url, timestamp, nonce, body];
  if (hash.equals(sha256(lines.join('\n')))) return 'line 5 differs: its \\n at the end is missing';
  const found = VARIANTS.find(({ change }) => {
    const changed = { ...parts, ...change(parts) };
    return hash.equals(sha256(linesOf(changed.method, changed.url, changed.timestamp, changed.nonce, changed.body)));
  });
  if (found !== undefined) return `line ${found.line} differs: the client signed ${found.mistake}`;
  return 'the key is right, but the client signed another string';
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function rewritten(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}
