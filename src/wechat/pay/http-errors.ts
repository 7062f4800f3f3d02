/**
 * TLS alerts that only concern the client certificate. With TLS 1.3 the alert may come after our half of the handshake,
 * with the request already sent. That is a broken connection and proves nothing.
 */
export const CLIENT_CERTIFICATE_ALERT =
  /^ERR_SSL_.*ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(REVOKED|EXPIRED|UNKNOWN|REQUIRED)|UNKNOWN_CA)$/;

/**
 * An AggregateError contains one error for each tried address. Checked by shape, because an error may come from another
 * realm.
 */
export function errorCodesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [...code, ...inner.flatMap((each) => errorCodesOf(each))];
}

/** Only the error's name or code: its message may contain a URL with a secret in the query. */
export function reasonOf(error: unknown): string {
  return errorCodesOf(error)[0] ?? (error instanceof Error ? error.name : 'unknown');
}
