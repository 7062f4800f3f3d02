import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../common/domain-error.js';
import { setRequestCaller } from '../common/request-caller.js';
import { bearerTokenOf } from './bearer-token.js';
import { SessionStore } from './session-store.js';
import { UserService } from './user.service.js';

const REPORTS_BLOCKED_USER = 'wx-checkout:reports-blocked-user';

export type UserRequest = FastifyRequest & { userId?: string };

/** This route answers USER_BLOCKED to a blocked user. Other routes answer UNAUTHENTICATED, as for any ended session. */
export const ReportBlockedUser = (): MethodDecorator => SetMetadata(REPORTS_BLOCKED_USER, true);

/** Allows calls with a valid token of a user who is not blocked. */
@Injectable()
export class UserGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
    private readonly users: UserService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<UserRequest>();
    const token = bearerTokenOf(request);
    const session = token === null ? null : await this.sessions.findSession('user', token);
    // The user is read on each call, so that a block takes effect at once with any session store.
    const user = session && (await this.users.findById(session.subject));
    if (!user) throw new DomainError('UNAUTHENTICATED');
    setRequestCaller(request, `user:${user.id}`);
    if (user.blockedAt !== null && this.reflector.get<true | undefined>(REPORTS_BLOCKED_USER, context.getHandler()))
      throw new DomainError('USER_BLOCKED');
    if (user.blockedAt !== null || session.epoch !== user.sessionEpoch) throw new DomainError('UNAUTHENTICATED');
    request.userId = user.id;
    return true;
  }
}

/** The id of the user authenticated by `UserGuard`. */
export const UserId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { userId } = context.switchToHttp().getRequest<UserRequest>();
  if (userId === undefined) throw new DomainError('UNAUTHENTICATED');
  return userId;
});
