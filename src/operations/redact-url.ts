import { redactApiKeys } from '../server/api-key-format.js';

/**
 * The parameters whose values are logged: they choose a page or a kind, and say nothing of a person. `q` is not here, since a
 * search is for a name, a number or an openid.
 */
const LOGGED_PARAMETERS: ReadonlySet<string> = new Set([
  ...['limit', 'cursor', 'withTotal', 'from', 'to'],
  ...['status', 'refundStatus', 'shipping', 'problem', 'onSale', 'kind', 'waitReason', 'unresolved', 'action'],
]);

const REDACTED = '[redacted]';
/** Parameters of one address that are logged. */
const MAX_LOGGED_PARAMETERS = 20;
/** The longest run of letters in a number or id of ours has 32; every token has 43. */
const TOKEN_PATTERN = /[\w-]{33,}/;
const API_KEY_PATTERN = /wxk_(?:live|test)_[0-9A-Z]{16}_[\w-]/;
/** A name that nobody can take for a secret. */
const SAFE_PARAMETER_NAME = /^[A-Za-z][A-Za-z_.-]{0,31}$/;
/** How often one address is decoded: a text that is still encoded then was made to be hidden. */
const MAX_DECODINGS = 3;
const ENCODED_ASCII = /%([0-7][0-9a-f])/gi;

/** An address as the log may show it: without tokens and keys, however encoded, and without the values of unknown parameters. */
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

/** @returns the text as it is, with the secret of a plain API key blotted out, or `[redacted]` when it hides anything else. */
function redactSecrets(text: string): string {
  const blotted = redactApiKeys(text);
  const plain = decodeFully(blotted);
  return plain === null || TOKEN_PATTERN.test(plain) || API_KEY_PATTERN.test(plain) ? REDACTED : blotted;
}

/** @returns null for a text that is encoded more often than any honest one. What is not ASCII stays encoded. */
function decodeFully(text: string): string | null {
  let plain = text;
  for (let time = 0; time < MAX_DECODINGS; time++) {
    const next = plain.replaceAll(ENCODED_ASCII, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
    if (next === plain) return plain;
    plain = next;
  }
  return plain.search(ENCODED_ASCII) === -1 ? plain : null;
}
