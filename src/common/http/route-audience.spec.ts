import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AudienceGuard, RoutesFor } from './route-audience.js';

@RoutesFor('ANYONE')
class OpenController {}
@Injectable()
class ForgottenController {}

const callTo = (controller: new () => object): boolean =>
  new AudienceGuard(new Reflector()).canActivate({ getClass: () => controller } as unknown as ExecutionContext);

describe('audience of routes', () => {
  it('a controller without an audience is rejected for all callers', () => {
    expect(callTo(OpenController)).toBe(true);
    expect(() => callTo(ForgottenController)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
});
