import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '../problem/domain-error.js';

/** Who may call a route. Staff and API keys have global guards; routes for buyers name their guard themselves. */
export type Audience = 'ANYONE' | 'BUYERS' | 'WECHAT' | 'STAFF' | 'API_KEYS';

const AUDIENCE = 'wx-checkout:audience';

/** Declares who may call the routes of this controller. */
export const RoutesFor = (audience: Audience): ClassDecorator => SetMetadata(AUDIENCE, audience);

export function audienceOf(reflector: Reflector, context: ExecutionContext): Audience | undefined {
  return reflector.get<Audience | undefined>(AUDIENCE, context.getClass());
}

/** A global guard. It rejects every call of a controller without an audience, so that a forgotten decorator is safe. */
@Injectable()
export class AudienceGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (audienceOf(this.reflector, context) === undefined) throw new DomainError('FORBIDDEN');
    return true;
  }
}
