import type { Outcome } from '../../pay/outcome.js';

/**
 * Supplies the access_token that the platform APIs need in their URL, `?access_token=`. Anyone who has
 * it can call all platform APIs until it expires: keep it out of logs, responses and errors.
 * Source: docs/wechat-protocol.md, v2 §10.2.
 */
export abstract class AccessTokenProvider {
  /**
   * Makes a call with a token that is still valid as far as this instance can see. If WeChat refuses the token (40001,
   * 42001, 40014), one new token is requested for all affected callers, and the call is repeated once. A rejected token
   * proves that nothing was done, so this is safe even for calls that must not run twice.
   *
   * Without a token, `call` is not made. The result is then `refused` with the action RETRY_LATER, for every error
   * code, because the same call may succeed once the operator has fixed the cause. It is `unknown` when WeChat did not
   * respond.
   * @throws DomainError SERVICE_UNAVAILABLE when the database that shares the token between instances does not respond.
   */
  abstract withToken<T>(call: (accessToken: string) => Promise<Outcome<T>>): Promise<Outcome<T>>;
}
