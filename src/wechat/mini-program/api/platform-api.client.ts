import { Injectable } from '@nestjs/common';
import { AccessTokenProvider } from '../access-token/access-token-provider.js';
import type { Outcome } from '../../pay/outcome.js';
import { type JsonObject, type PlatformRequest, PlatformHttpClient, unknownOutcome } from './platform-http.client.js';

export interface PlatformPostRequest<T> extends Pick<PlatformRequest, 'endpoint' | 'path' | 'actions'> {
  body: object;
  /** Reads the value from a successful response; null when it is missing, which makes the outcome unknown. */
  read: (answer: JsonObject) => T | null;
}

/** Calls the platform APIs that need an access token. All of them are POST with a JSON body. */
@Injectable()
export class PlatformApiClient {
  constructor(
    private readonly tokens: AccessTokenProvider,
    private readonly http: PlatformHttpClient,
  ) {}

  /** `AccessTokenProvider.withToken` describes the result without a token. */
  post<T>({ read, ...request }: PlatformPostRequest<T>): Promise<Outcome<T>> {
    return this.tokens.withToken<T>(async (token) => {
      const outcome = await this.http.call({ ...request, method: 'POST', query: { access_token: token } });
      if (outcome.kind !== 'done') return outcome;
      const value = read(outcome.value);
      if (value === null)
        return unknownOutcome(`${request.endpoint}: the response lacks the expected value`, outcome.raw);
      return { kind: 'done', value, raw: outcome.raw };
    });
  }
}
