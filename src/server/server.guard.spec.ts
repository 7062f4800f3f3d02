import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import fc from 'fast-check';
import { DomainError } from '../common/domain-error.js';
import { ApiKey, type Scope, SCOPES } from './api-key.entity.js';
import type { ApiKeyService } from './api-key.service.js';
import { AllowAnyKey, AllowScope, ServerGuard } from './server.guard.js';

const TOKEN = 'a-live-key';

function keyWith(scopes: Scope[]): ApiKey {
  return Object.assign(new ApiKey(), { keyId: 'K', name: 'ERP', scopes: scopes.join(' ') });
}

/** Whether the guard lets a call through to a route that was decorated so. */
async function isRouteOpenTo(key: ApiKey, decorator: MethodDecorator | null, url = '/server/api/x'): Promise<boolean> {
  const handler = (): undefined => undefined;
  decorator?.({}, 'handler', { value: handler });
  const keys = {
    holderOf: (text: string) => Promise.resolve(text === TOKEN ? key : null),
    noteUse: () => Promise.resolve(),
  } as unknown as ApiKeyService;
  const request = {
    headers: { authorization: `Bearer ${TOKEN}` },
    routeOptions: { url },
    raw: {},
    ip: '127.0.0.1',
    socket: {},
  };
  const context = {
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  try {
    return await new ServerGuard(new Reflector(), keys).canActivate(context);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN') return false;
    throw error;
  }
}

describe('a route of the server API', () => {
  const some = fc.subarray([...SCOPES]);

  it('is closed to every key when it names no scope', async () => {
    await fc.assert(fc.asyncProperty(some, async (has) => expect(await isRouteOpenTo(keyWith(has), null)).toBe(false)));
  });

  it('is open to a key that has one of the scopes it names, and to no other', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.subarray([...SCOPES], { minLength: 1 }), async (has, wants) => {
        const isOpen = await isRouteOpenTo(keyWith(has), AllowScope(...(wants as [Scope, ...Scope[]])));
        expect(isOpen).toBe(has.some((scope) => wants.includes(scope)));
      }),
    );
  });

  it('is open to every live key when it says so', async () => {
    for (const scopes of [[], [...SCOPES]]) expect(await isRouteOpenTo(keyWith(scopes), AllowAnyKey())).toBe(true);
  });

  it('does not lend its guard to the rest of the service', async () => {
    expect(await isRouteOpenTo(keyWith([]), null, '/api/orders')).toBe(true);
  });
});
