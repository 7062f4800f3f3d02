import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import fc from 'fast-check';
import { RoutesFor } from '../common/http/route-audience.js';
import { DomainError } from '../common/problem/domain-error.js';
import { ApiKey, type Scope, SCOPES } from './api-key.entity.js';
import type { ApiKeyService } from './api-key.service.js';
import { AllowAnyKey, AllowScope, ServerGuard } from './server.guard.js';

const TOKEN = 'a-live-key';

@RoutesFor('API_KEYS')
class KeyController {}
@RoutesFor('BUYERS')
class BuyerController {}

function keyWith(scopes: Scope[]): ApiKey {
  return Object.assign(new ApiKey(), { keyId: 'K', name: 'ERP', scopes: scopes.join(' ') });
}

/** Whether the guard allows a call with this key to a route with this decorator. */
async function isRouteOpenTo(
  key: ApiKey,
  decorator: MethodDecorator | null,
  controller: new () => object = KeyController,
): Promise<boolean> {
  const handler = (): undefined => undefined;
  decorator?.({}, 'handler', { value: handler });
  const keys = {
    authenticate: (text: string) => Promise.resolve(text === TOKEN ? key : null),
    recordUse: () => Promise.resolve(),
  } as unknown as ApiKeyService;
  const request = {
    headers: { authorization: `Bearer ${TOKEN}` },
    raw: {},
    ip: '127.0.0.1',
    socket: {},
  };
  const context = {
    getHandler: () => handler,
    getClass: () => controller,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  try {
    return await new ServerGuard(new Reflector(), keys).canActivate(context);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN') return false;
    throw error;
  }
}

describe('server API guard', () => {
  const some = fc.subarray([...SCOPES]);

  it('server API: rejects every key on a route without a scope', async () => {
    await fc.assert(
      fc.asyncProperty(some, async (keyScopes) => expect(await isRouteOpenTo(keyWith(keyScopes), null)).toBe(false)),
    );
  });

  it("server API: allows exactly the keys that have one of the route's scopes", async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.subarray([...SCOPES], { minLength: 1 }), async (keyScopes, routeScopes) => {
        const isOpen = await isRouteOpenTo(keyWith(keyScopes), AllowScope(...(routeScopes as [Scope, ...Scope[]])));
        expect(isOpen).toBe(keyScopes.some((scope) => routeScopes.includes(scope)));
      }),
    );
  });

  it('server API: allows every active key on a route with AllowAnyKey', async () => {
    for (const scopes of [[], [...SCOPES]]) expect(await isRouteOpenTo(keyWith(scopes), AllowAnyKey())).toBe(true);
  });

  it('server API: its guard ignores the routes of other audiences', async () => {
    expect(await isRouteOpenTo(keyWith([]), null, BuyerController)).toBe(true);
  });
});
