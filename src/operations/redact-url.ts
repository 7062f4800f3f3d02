import { redactApiKeys } from '../server-api/api-key-format.js';

/**
 * The query parameters whose values are logged: they select a page or a filter and contain no personal data. `q` is excluded,
 * because a search can contain a name, a number or an openid.
 */
const LOGGED_PARAMETERS: ReadonlySet<string> = new Set([
  ...['limit', 'cursor', 'withTotal', 'from', 'to'],
  ...[
    'status',
    'refundStatus',
    'shipping',
    'problem',
    'onSale',
    'kind',
    'waitReason',
    'unresolved',
    'toPayOtherwise',
    'action',
  ],
]);

const REDACTED = '[redacted]';
/** Maximum number of logged parameters per URL. */
const MAX_LOGGED_PARAMETERS = 20;
/** Our numbers and ids have at most 32 characters in a row; every token has 43. */
const TOKEN_PATTERN = /[\w-]{33,}/;
const API_KEY_PATTERN = /wxk_(?:live|test)_[0-9A-Z]{16}_[\w-]/;
/** A parameter name that cannot be a secret. */
const SAFE_PARAMETER_NAME = /^[A-Za-z][A-Za-z_.-]{0,31}$/;
/** Maximum rounds of decoding. A text that is still encoded afterwards is redacted. */
const MAX_DECODINGS = 3;
const ENCODED_ASCII = /%([0-7][0-9a-f])/gi;

/** Returns the URL for the log: without tokens and API keys, even if encoded, and without the values of unknown parameters. */
export function redactUrl(url: string): string {
  const end = url.indexOf('?');
  const path = (end === -1 ? url : url.slice(0, end)).split('/').map(redactSecrets).join('/');
  return end === -1 ? path : `${path}?${redactQuery(url.slice(end + 1))}`;
}

function redactQuery(query: string): string {
  const parts = query.split('&', MAX_LOGGED_PARAMETERS + 1);
  const shown = parts.slice(0, MAX_LOGGED_PARAMETERS).map(redactParameter);
  return [...shown, ...(parts.length > MAX_LOGGED_PARAMETERS ? ['…'] : [])].join('&');
}

function redactParameter(parameter: string): string {
  const at = parameter.indexOf('=');
  const name = at === -1 ? parameter : parameter.slice(0, at);
  if (LOGGED_PARAMETERS.has(name)) return at === -1 ? name : `${name}=${redactSecrets(parameter.slice(at + 1))}`;
  return SAFE_PARAMETER_NAME.test(name) ? name : REDACTED;
}

/** @returns the text with API keys redacted, or `[redacted]` when it contains another secret. */
function redactSecrets(text: string): string {
  const redacted = redactApiKeys(text);
  const plain = decodeFully(redacted);
  return plain === null || TOKEN_PATTERN.test(plain) || API_KEY_PATTERN.test(plain) ? REDACTED : redacted;
}

/** @returns the decoded text, or null when it is encoded more than MAX_DECODINGS times. Non-ASCII stays encoded. */
function decodeFully(text: string): string | null {
  let plain = text;
  for (let time = 0; time < MAX_DECODINGS; time++) {
    const next = plain.replaceAll(ENCODED_ASCII, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
    if (next === plain) return plain;
    plain = next;
  }
  return plain.search(ENCODED_ASCII) === -1 ? plain : null;
}
