import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit-log.js';
import { bearerOf } from '../auth/bearer.js';
import { clientAddress } from '../common/client-address.js';
import { DomainError } from '../common/domain-error.js';
import { noteCaller } from '../common/request-caller.js';
import { type ApiKey, type Scope, scopesOf } from './api-key.entity.js';
import { ApiKeys } from './api-keys.js';

const ACCESS = 'wx-checkout:server-access';
const SERVER_PATHS = '/server/api';

type ServerRequest = FastifyRequest & { apiKey?: ApiKey };

/** Opens a route to keys with any of these scopes, and says so in the API's description. */
export const AllowScope = (...scopes: [Scope, ...Scope[]]): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, scopes), ApiExtension('x-scopes', scopes), ApiBearerAuth('apiKey'));

/** Opens a route to every live key. */
export const AllowAnyKey = (): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, 'ANY'), ApiExtension('x-scopes', []), ApiBearerAuth('apiKey'));

/** The key that the guard let in. */
export const CurrentKey = createParamDecorator((_data: unknown, context: ExecutionContext): ApiKey =>
  keyOf(context.switchToHttp().getRequest<ServerRequest>()),
);

/** Who acts, as the audit log names them. No member of staff can be called so: their names have no colon. */
export const CurrentKeyActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<ServerRequest>();
  const { keyId, name } = keyOf(request);
  return { id: keyId, username: `key:${name}`, ip: clientAddress(request) };
});

/** Stands before every route. Below /server/api a route that names no scope is closed to all: forgetting is safe. */
@Injectable()
export class ServerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ServerRequest>();
    if (!(request.routeOptions.url ?? SERVER_PATHS).startsWith(SERVER_PATHS)) return true;
    const token = bearerOf(request);
    const key = token === null ? null : await this.keys.holderOf(token);
    if (!key) throw new DomainError('UNAUTHENTICATED', { detail: NO_KEY });
    const access = this.reflector.get<Scope[] | 'ANY' | undefined>(ACCESS, context.getHandler());
    if (!isOpenTo(key, access)) throw new DomainError('FORBIDDEN', { detail: needed(access) });
    await this.keys.noteUse(key);
    request.apiKey = key;
    noteCaller(request, `key:${key.keyId}`);
    return true;
  }
}

const NO_KEY = ['A live API key is needed.', '需要有效的 API 密钥。'] as const;

function needed(access: Scope[] | 'ANY' | undefined): readonly [string, string] {
  const scopes = Array.isArray(access) ? access : [];
  return [`This key has none of these scopes: ${scopes.join(', ')}.`, `该密钥没有所需的权限：${scopes.join('、')}。`];
}

function isOpenTo(key: ApiKey, access: Scope[] | 'ANY' | undefined): boolean {
  return access === 'ANY' || scopesOf(key).some((scope) => access?.includes(scope) === true);
}

function keyOf({ apiKey }: ServerRequest): ApiKey {
  if (!apiKey) throw new DomainError('UNAUTHENTICATED');
  return apiKey;
}
