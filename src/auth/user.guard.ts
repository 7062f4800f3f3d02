import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../common/domain-error.js';
import { noteCaller } from '../common/request-caller.js';
import { bearerOf } from './bearer.js';
import { SessionStore } from './session-store.js';

type UserRequest = FastifyRequest & { userId?: string };

/** Lets in whoever carries a live token of the scope `user`. */
@Injectable()
export class UserGuard implements CanActivate {
  constructor(private readonly sessions: SessionStore) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<UserRequest>();
    const token = bearerOf(request);
    const userId = token === null ? null : await this.sessions.subjectOf('user', token);
    if (userId === null) throw new DomainError('UNAUTHENTICATED');
    request.userId = userId;
    noteCaller(request, `user:${userId}`);
    return true;
  }
}

/** The id of the user whom `UserGuard` let in. */
export const UserId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { userId } = context.switchToHttp().getRequest<UserRequest>();
  if (userId === undefined) throw new DomainError('UNAUTHENTICATED');
  return userId;
});
