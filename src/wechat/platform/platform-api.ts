import { Injectable } from '@nestjs/common';
import { AccessTokens } from '../access-tokens.js';
import type { Outcome } from '../outcome.js';
import { type JsonObject, type PlatformRequest, PlatformWire, unknown } from './platform-wire.js';

export interface PlatformPost<T> extends Pick<PlatformRequest, 'endpoint' | 'path' | 'actions'> {
  body: object;
  /** What a good answer says, or null when it does not say it: then nobody knows what WeChat did. */
  read: (answer: JsonObject) => T | null;
}

/** The platform's calls that want an access token: all of them are POST with a JSON body. */
@Injectable()
export class PlatformApi {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly wire: PlatformWire,
  ) {}

  /** See `AccessTokens.withToken` for what becomes of it without a token. */
  post<T>({ read, ...request }: PlatformPost<T>): Promise<Outcome<T>> {
    return this.tokens.withToken<T>(async (token) => {
      const outcome = await this.wire.call({ ...request, method: 'POST', query: { access_token: token } });
      if (outcome.kind !== 'done') return outcome;
      const value = read(outcome.value);
      if (value === null) return unknown(`${request.endpoint}: an answer that says something else`, outcome.raw);
      return { kind: 'done', value, raw: outcome.raw };
    });
  }
}
