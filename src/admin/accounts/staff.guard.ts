import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/audit-log.js';
import { SessionStore } from '../../auth/session/session-store.js';
import { clientAddress } from '../../common/http/client-address.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { sha256 } from '../../common/ids.js';
import { audienceOf } from '../../common/http/route-audience.js';
import { setRequestCaller } from '../../common/http/request-caller.js';
import { StaffAccount, type Role, ROLES } from './staff-account.entity.js';
import { StaffAccountStore } from './staff-account-store.js';
import { staffTokenOf } from '../login/console-session.js';

const ACCESS = 'wx-checkout:admin-access';

type StaffRequest = FastifyRequest & { account?: StaffAccount };

/** Allows staff of this role and above, and documents it in the OpenAPI description. */
export const AllowRole = (role: Role): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, role), ApiExtension('x-role', role), ApiCookieAuth('console'));

/** Allows a route for staff without authentication. Only for login. */
export const AllowAnyone = (): MethodDecorator => SetMetadata(ACCESS, 'ANYONE');

/** The authenticated staff account. */
export const CurrentStaffAccount = createParamDecorator((_data: unknown, context: ExecutionContext): StaffAccount => {
  const { account } = context.switchToHttp().getRequest<StaffRequest>();
  if (!account) throw new DomainError('UNAUTHENTICATED');
  return account;
});

/** The authenticated staff member, as recorded in the audit log. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<StaffRequest>();
  const { account } = request;
  if (!account) throw new DomainError('UNAUTHENTICATED');
  return { id: account.id, username: account.username, ip: clientAddress(request) };
});

/** The hash of the token of this call: the one session that stays valid when staff change their own account. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const token = staffTokenOf(context.switchToHttp().getRequest<StaffRequest>());
  if (token === null) throw new DomainError('UNAUTHENTICATED');
  return sha256(token);
});

/**
 * A global guard. A route for staff without a role is rejected for all callers, so a forgotten decorator is safe.
 */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
    private readonly accounts: StaffAccountStore,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<StaffRequest>();
    if (audienceOf(this.reflector, context) !== 'STAFF') return true;
    const decorated = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Role | 'ANYONE' | undefined>(ACCESS, decorated);
    if (access === 'ANYONE') return true;
    const account = await this.findAccount(request);
    if (!account) throw new DomainError('UNAUTHENTICATED');
    if (access === undefined || ROLES.indexOf(account.role) < ROLES.indexOf(access)) throw new DomainError('FORBIDDEN');
    request.account = account;
    setRequestCaller(request, `staff:${account.id}`);
    return true;
  }

  /** Reads role and account on each call, so that a change takes effect at once. */
  private async findAccount(request: FastifyRequest): Promise<StaffAccount | null> {
    const token = staffTokenOf(request);
    const session = token === null ? null : await this.sessions.findSession('admin', token);
    if (token === null || session === null) return null;
    const account = await this.accounts.findActive(session.subject);
    const isAlive = session.epoch === account?.sessionEpoch || sha256(token) === account?.keptSessionHash;
    return isAlive ? account : null;
  }
}
