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
import type { Actor } from '../audit/audit-log.js';
import { SessionStore } from '../auth/session-store.js';
import { clientAddress } from '../common/client-address.js';
import { DomainError } from '../common/domain-error.js';
import { sha256 } from '../common/ids.js';
import { setRequestCaller } from '../common/request-caller.js';
import { Admin, type Role, ROLES } from './admin.entity.js';
import { AdminStore } from './admin-store.js';
import { staffTokenOf } from './console-session.js';

const ACCESS = 'wx-checkout:admin-access';
const ADMIN_PATHS = '/admin/api';

type AdminRequest = FastifyRequest & { admin?: Admin };

/** Allows staff of this role and above, and documents it in the OpenAPI description. */
export const AllowRole = (role: Role): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, role), ApiExtension('x-role', role), ApiCookieAuth('console'));

/** Allows a route below /admin/api without authentication. Only for login. */
export const AllowAnyone = (): MethodDecorator => SetMetadata(ACCESS, 'ANYONE');

/** The authenticated staff account. */
export const CurrentAdmin = createParamDecorator((_data: unknown, context: ExecutionContext): Admin => {
  const { admin } = context.switchToHttp().getRequest<AdminRequest>();
  if (!admin) throw new DomainError('UNAUTHENTICATED');
  return admin;
});

/** The authenticated staff member, as recorded in the audit log. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<AdminRequest>();
  const { admin } = request;
  if (!admin) throw new DomainError('UNAUTHENTICATED');
  return { id: admin.id, username: admin.username, ip: clientAddress(request) };
});

/** The hash of the token of this call: the one session that stays valid when staff change their own account. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const token = staffTokenOf(context.switchToHttp().getRequest<AdminRequest>());
  if (token === null) throw new DomainError('UNAUTHENTICATED');
  return sha256(token);
});

/** A global guard. Below /admin/api a route without a role is refused for all callers, so a forgotten decorator is safe. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
    private readonly admins: AdminStore,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AdminRequest>();
    if (!(request.routeOptions.url ?? ADMIN_PATHS).startsWith(ADMIN_PATHS)) return true;
    const places = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Role | 'ANYONE' | undefined>(ACCESS, places);
    if (access === 'ANYONE') return true;
    const admin = await this.adminOf(request);
    if (!admin) throw new DomainError('UNAUTHENTICATED');
    if (access === undefined || ROLES.indexOf(admin.role) < ROLES.indexOf(access)) throw new DomainError('FORBIDDEN');
    request.admin = admin;
    setRequestCaller(request, `staff:${admin.id}`);
    return true;
  }

  /** Reads role and account on each call, so that a change takes effect at once. */
  private async adminOf(request: FastifyRequest): Promise<Admin | null> {
    const token = staffTokenOf(request);
    const session = token === null ? null : await this.sessions.findSession('admin', token);
    if (token === null || session === null) return null;
    const admin = await this.admins.findActive(session.subject);
    const isAlive = session.epoch === admin?.sessionEpoch || sha256(token) === admin?.keptSessionHash;
    return isAlive ? admin : null;
  }
}
