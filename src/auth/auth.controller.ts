import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RoutesFor } from '../common/http/route-audience.js';
import { DomainError } from '../common/problem/domain-error.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { Settings } from '../config/settings.js';
import { WechatLoginClient } from '../wechat/mini-program/wechat-login.client.js';
import { LoginResponse, LoginBody, MeResponse, PhoneResponse, PhoneBody } from './auth.dto.js';
import { bearerTokenOf, UserGuard, UserId } from './user.guard.js';
import { BuyerLoginRateGuard } from './call-limits/buyer-login-rate.guard.js';
import { SessionStore } from './session/session-store.js';
import { UserPhoneService } from './user-phone.service.js';
import { UserService } from './user.service.js';

@ApiTags('auth')
@Controller('api/auth')
@RoutesFor('BUYERS')
export class AuthController {
  constructor(
    private readonly settings: Settings,
    private readonly platform: WechatLoginClient,
    private readonly users: UserService,
    private readonly sessions: SessionStore,
    private readonly phones: UserPhoneService,
  ) {}

  @Post('login')
  @UseGuards(BuyerLoginRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Exchange the code of wx.login for a token' })
  @ApiOkResponse({ type: LoginResponse })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'WECHAT_CODE_INVALID',
    'WECHAT_USER_BLOCKED',
    'USER_BLOCKED',
    'WECHAT_RATE_LIMITED',
    'TOO_MANY_REQUESTS',
    'WECHAT_UNAVAILABLE',
  )
  async login(@Body() body: LoginBody): Promise<LoginResponse> {
    const identity = await this.platform.exchangeLoginCode(body.code);
    const { id, blockedAt, sessionEpoch } = await this.users.findOrCreate(identity);
    if (blockedAt !== null) throw new DomainError('USER_BLOCKED');
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    return { token: await this.sessions.create('user', id, expiresIn, sessionEpoch), expiresIn, user: { id } };
  }

  @Post('phone')
  @HttpCode(200)
  @UseGuards(BuyerLoginRateGuard, UserGuard)
  @ApiBearerAuth('user')
  @ApiOperation({
    summary: 'Exchange the code of the getPhoneNumber button for the phone number, which is stored encrypted',
  })
  @ApiOkResponse({ type: PhoneResponse })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'WECHAT_CODE_INVALID',
    'WECHAT_USER_BLOCKED',
    'WECHAT_RATE_LIMITED',
    'TOO_MANY_REQUESTS',
    'WECHAT_UNAVAILABLE',
  )
  async exchangePhoneCode(@UserId() id: string, @Body() { code }: PhoneBody): Promise<PhoneResponse> {
    return { phone: await this.phones.exchangeCode(id, code) };
  }

  @Get('me')
  @UseGuards(UserGuard)
  @ApiBearerAuth('user')
  @ApiOperation({ summary: 'Get the current user' })
  @ApiOkResponse({ type: MeResponse })
  @ProblemResponses('UNAUTHENTICATED')
  async showMe(@UserId() id: string): Promise<MeResponse> {
    return { id, scope: 'user', phone: await this.phones.findMasked(id) };
  }

  @Post('logout')
  @UseGuards(UserGuard)
  @HttpCode(204)
  @ApiBearerAuth('user')
  @ApiOperation({ summary: 'Revoke this token' })
  @ProblemResponses('UNAUTHENTICATED')
  async logout(@Req() request: FastifyRequest): Promise<void> {
    await this.sessions.revoke('user', bearerTokenOf(request) ?? '');
  }
}
