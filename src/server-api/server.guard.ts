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
import { bearerTokenOf } from '../auth/user.guard.js';
import { clientAddress } from '../common/http/client-address.js';
import { DomainError } from '../common/problem/domain-error.js';
import { audienceOf } from '../common/http/route-audience.js';
import { setRequestCaller } from '../common/http/request-caller.js';
import { type ApiKey, type Scope, scopesOf } from './api-key.entity.js';
import { ApiKeyService } from './api-key.service.js';

const ACCESS = 'wx-checkout:server-access';

type ServerRequest = FastifyRequest & { apiKey?: ApiKey };

/** Allows keys with any of these scopes, and documents it in the OpenAPI description. */
export const AllowScope = (...scopes: [Scope, ...Scope[]]): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, scopes), ApiExtension('x-scopes', scopes), ApiBearerAuth('apiKey'));

/** Allows every active key. */
export const AllowAnyKey = (): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, 'ANY'), ApiExtension('x-scopes', []), ApiBearerAuth('apiKey'));

/** The authenticated API key. */
export const CurrentKey = createParamDecorator((_data: unknown, context: ExecutionContext): ApiKey =>
  requireApiKey(context.switchToHttp().getRequest<ServerRequest>()),
);

/**
 * The API key as an actor of the audit log. The colon prevents a clash with staff usernames, which cannot contain one.
 */
export const CurrentKeyActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<ServerRequest>();
  const { keyId, name } = requireApiKey(request);
  return { id: keyId, username: `key:${name}`, ip: clientAddress(request) };
});

/**
 * A global guard. A route for API keys without a scope is rejected for all keys, so a forgotten decorator is safe.
 */
@Injectable()
export class ServerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeyService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ServerRequest>();
    if (audienceOf(this.reflector, context) !== 'API_KEYS') return true;
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

const API_KEY_REQUIRED = ['A valid API key is required.', '需要有效的 API 密钥。'] as const;

function scopesRequired(access: Scope[] | 'ANY' | undefined): readonly [string, string] {
  const scopes = Array.isArray(access) ? access : [];
  return [
    `This API key has none of the required scopes: ${scopes.join(', ')}.`,
    `该密钥没有所需的权限：${scopes.join('、')}。`,
  ];
}

function isAllowed(key: ApiKey, access: Scope[] | 'ANY' | undefined): boolean {
  return access === 'ANY' || scopesOf(key).some((scope) => access?.includes(scope) === true);
}

function requireApiKey({ apiKey }: ServerRequest): ApiKey {
  if (!apiKey) throw new DomainError('UNAUTHENTICATED');
  return apiKey;
}
