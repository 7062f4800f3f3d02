import { IssuedTokenStore } from './issued-token-store.js';
import { LoginCodeStore, LoginCodeExchange } from './login-codes.js';
import { PhoneCodeStore, PhoneCodeExchange } from './phone-codes.js';
import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenIssuer } from './access-token-issuer.js';
import { PlatformFailureFactory } from './platform-failure-factory.js';
import { PlatformRequestHandler } from './platform-request-handler.js';

const OTHER_APPID = 'wx0000000000000000';

/** The calls of the platform about users and access tokens. Failures are HTTP 200 with an errcode. */
@ApiExcludeController()
@Controller()
export class PlatformController {
  constructor(
    private readonly requests: PlatformRequestHandler,
    private readonly logins: LoginCodeExchange,
    private readonly issuer: AccessTokenIssuer,
    private readonly phones: PhoneCodeExchange,
    private readonly failures: PlatformFailureFactory,
  ) {}

  /** `GET`. Source: mini-program login, code2Session. */
  @All('sns/jscode2session')
  jscode2session(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle('jscode2session', { request, reply }, ({ query }) => this.logins.exchange(query));
  }

  /** `GET`. Source: getAccessToken. */
  @All('cgi-bin/token')
  token(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle('token', { request, reply }, ({ method, query, address }) =>
      this.issuer.issuePlain(method, query, address),
    );
  }

  /** `POST`. Source: getStableAccessToken. */
  @All('cgi-bin/stable_token')
  stableToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle('stable_token', { request, reply }, ({ method, body, address }) =>
      this.issuer.issueStable(method, body, address),
    );
  }

  /** `POST …?access_token=`. Source: getPhoneNumber. */
  @All('wxa/business/getuserphonenumber')
  getuserphonenumber(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.requests.handle('getuserphonenumber', { request, reply }, ({ method, token, body }, fault) => {
      if (method !== 'POST') return this.failures.create(43002);
      const appid = fault?.kind === 'other_appid' ? OTHER_APPID : undefined;
      return this.phones.exchange(token, body, appid);
    });
  }
}

/** Everything that the module must provide for this controller. */
export const PLATFORM_PROVIDERS = [
  IssuedTokenStore,
  AccessTokenIssuer,
  LoginCodeStore,
  LoginCodeExchange,
  PhoneCodeStore,
  PhoneCodeExchange,
  PlatformFailureFactory,
  PlatformRequestHandler,
];
