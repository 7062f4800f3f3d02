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
import { bearerTokenOf } from '../auth/bearer-token.js';
import { clientAddress } from '../common/client-address.js';
import { DomainError } from '../common/domain-error.js';
import { setRequestCaller } from '../common/request-caller.js';
import { type ApiKey, type Scope, scopesOf } from './api-key.entity.js';
import { ApiKeyService } from './api-key.service.js';

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
  requireApiKey(context.switchToHttp().getRequest<ServerRequest>()),
);

/** Who acts, as the audit log names them. No member of staff can be called so: their names have no colon. */
export const CurrentKeyActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<ServerRequest>();
  const { keyId, name } = requireApiKey(request);
  return { id: keyId, username: `key:${name}`, ip: clientAddress(request) };
});

/** Stands before every route. Below /server/api a route that names no scope is closed to all: forgetting is safe. */
@Injectable()
export class ServerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeyService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ServerRequest>();
    if (!(request.routeOptions.url ?? SERVER_PATHS).startsWith(SERVER_PATHS)) return true;
    const token = bearerTokenOf(request);
    const key = token === null ? null : await this.keys.authenticate(token);
    if (!key) throw new DomainError('UNAUTHENTICATED', { detail: API_KEY_REQUIRED });
    const access = this.reflector.get<Scope[] | 'ANY' | undefined>(ACCESS, context.getHandler());
    if (!isAllowed(key, access)) throw new DomainError('FORBIDDEN', { detail: scopesRequired(access) });
    await this.keys.recordUse(key);
    request.apiKey = key;
    setRequestCaller(request, `key:${key.keyId}`);
    return true;
  }
}

const API_KEY_REQUIRED = ['A live API key is needed.', '需要有效的 API 密钥。'] as const;

function scopesRequired(access: Scope[] | 'ANY' | undefined): readonly [string, string] {
  const scopes = Array.isArray(access) ? access : [];
  return [`This key has none of these scopes: ${scopes.join(', ')}.`, `该密钥没有所需的权限：${scopes.join('、')}。`];
}

function isAllowed(key: ApiKey, access: Scope[] | 'ANY' | undefined): boolean {
  return access === 'ANY' || scopesOf(key).some((scope) => access?.includes(scope) === true);
}

function requireApiKey({ apiKey }: ServerRequest): ApiKey {
  if (!apiKey) throw new DomainError('UNAUTHENTICATED');
  return apiKey;
}
