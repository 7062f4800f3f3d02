import type { Outcome } from './outcome.js';

/**
 * The access_token that the platform's APIs want in their address, `?access_token=`. It is worth as much as the AppSecret
 * for two hours: never in a log, an answer or an error. Source: v2.md §10.2.
 */
export abstract class AccessTokenProvider {
  /**
   * Makes a call with a token that is good as far as anybody knows. When WeChat refuses the token (40001, 42001, 40014)
   * a newer one is got, once for all who were refused, and the call is made once more: a refusal of the token is proof
   * that nothing was done, so this is safe for calls that must not be made twice.
   *
   * Without a token `call` is never made: `refused` with the action WAIT, whatever WeChat's reason, because the same call
   * may succeed when the operator has mended it; or `unknown`, when WeChat did not answer.
   * @throws DomainError SERVICE_UNAVAILABLE when the database that instances share the token by does not answer.
   */
  abstract withToken<T>(call: (accessToken: string) => Promise<Outcome<T>>): Promise<Outcome<T>>;
}
