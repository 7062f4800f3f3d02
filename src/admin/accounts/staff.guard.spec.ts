import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SessionStore } from '../../auth/session/session-store.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { type Role, ROLES, StaffAccount } from './staff-account.entity.js';
import type { StaffAccountStore } from './staff-account-store.js';
import { AllowAnyone, AllowRole, StaffGuard } from './staff.guard.js';

@RoutesFor('STAFF')
class StaffController {}
@RoutesFor('BUYERS')
class BuyerController {}

/** The error code with which the guard rejects a call to a route with this decorator; null when it is allowed. */
async function refusalOf(
  role: Role | null,
  decorator: MethodDecorator | null,
  controller: new () => object = StaffController,
): Promise<string | null> {
  const handler = (): undefined => undefined;
  decorator?.({}, 'handler', { value: handler });
  const account = Object.assign(new StaffAccount(), { id: 'S', role, sessionEpoch: 0 });
  const sessions = {
    findSession: () => Promise.resolve(role === null ? null : { subject: 'S', epoch: 0 }),
  } as unknown as SessionStore;
  const accounts = { findActive: () => Promise.resolve(account) } as unknown as StaffAccountStore;
  const request = { headers: { authorization: 'Bearer token' }, raw: {}, ip: '127.0.0.1', socket: {} };
  const context = {
    getHandler: () => handler,
    getClass: () => controller,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  try {
    return (await new StaffGuard(new Reflector(), sessions, accounts).canActivate(context)) ? null : 'false';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('staff guard', () => {
  it('rejects every staff member on a route without a role', async () => {
    for (const role of ROLES) expect(await refusalOf(role, null)).toBe('FORBIDDEN');
    expect(await refusalOf(null, null)).toBe('UNAUTHENTICATED');
  });

  it('allows exactly the staff of the role and above', async () => {
    for (const [at, role] of ROLES.entries()) {
      for (const [least, required] of ROLES.entries())
        expect(await refusalOf(role, AllowRole(required))).toBe(at >= least ? null : 'FORBIDDEN');
    }
    expect(await refusalOf(null, AllowRole('VIEWER'))).toBe('UNAUTHENTICATED');
  });

  it('allows everyone only where the route says so, and ignores the routes of other audiences', async () => {
    expect(await refusalOf(null, AllowAnyone())).toBeNull();
    expect(await refusalOf(null, null, BuyerController)).toBeNull();
  });
});
