import { Injectable } from '@nestjs/common';
import { AccessTokenProvider } from '../access-token-provider.js';
import type { Outcome } from '../outcome.js';
import { type JsonObject, type PlatformRequest, PlatformHttpClient, unknownOutcome } from './platform-http.client.js';

export interface PlatformPostRequest<T> extends Pick<PlatformRequest, 'endpoint' | 'path' | 'actions'> {
  body: object;
  /** What a good answer says, or null when it does not say it: then nobody knows what WeChat did. */
  read: (answer: JsonObject) => T | null;
}

/** The platform's calls that want an access token: all of them are POST with a JSON body. */
@Injectable()
export class PlatformApiClient {
  constructor(
    private readonly tokens: AccessTokenProvider,
    private readonly http: PlatformHttpClient,
  ) {}

  /** See `AccessTokenProvider.withToken` for what becomes of it without a token. */
  post<T>({ read, ...request }: PlatformPostRequest<T>): Promise<Outcome<T>> {
    return this.tokens.withToken<T>(async (token) => {
      const outcome = await this.http.call({ ...request, method: 'POST', query: { access_token: token } });
      if (outcome.kind !== 'done') return outcome;
      const value = read(outcome.value);
      if (value === null) return unknownOutcome(`${request.endpoint}: an answer that says something else`, outcome.raw);
      return { kind: 'done', value, raw: outcome.raw };
    });
  }
}
