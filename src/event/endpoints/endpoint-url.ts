import { isIP } from 'node:net';
import { isPlainText } from '../../common/text.js';
import { type AddressPolicy, isAllowedAddress } from '../delivery/address-policy.js';

/** Size of the column in characters. */
export const MAX_URL_LENGTH = 500;

/**
 * What is wrong with the URL of an endpoint, to be appended to the field's name; null if it is valid. The addresses of a host
 * name are checked for each connection, because they can change.
 */
export function findUrlViolation(text: string, policy: AddressPolicy): string | null {
  if (text.length > MAX_URL_LENGTH || !isPlainText(text, false) || !URL.canParse(text))
    return `must be a URL of at most ${MAX_URL_LENGTH} characters`;
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && policy.allowPrivate))
    return policy.allowPrivate ? 'must begin with https:// or http://' : 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not contain a username or password';
  if (text.includes('#')) return 'must not contain a fragment';
  return isAllowedHost(url, policy) ? null : 'must not lead to a private, local or reserved address';
}

/** False for an address that is not allowed, in any notation, and for `localhost`. */
function isAllowedHost(url: URL, policy: AddressPolicy): boolean {
  const address = literalAddressOf(url);
  if (address !== null) return isAllowedAddress(address, policy);
  return policy.allowPrivate || !/(^|\.)localhost\.?$/.test(url.hostname);
}

/** The address in the URL, which needs no DNS; null for a host name. `URL` has normalized it: `0x7f.1` is `127.0.0.1`. */
function literalAddressOf({ hostname }: URL): string | null {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? null : address;
}

/** Without the query, which may contain a secret of the receiver. */
export function withoutQuery(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}
