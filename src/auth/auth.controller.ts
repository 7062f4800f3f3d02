import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../common/domain-error.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { Settings } from '../config/settings.js';
import { WechatPlatform } from '../wechat/wechat-platform.js';
import { LoginAnswer, LoginBody, MeAnswer, PhoneAnswer, PhoneBody } from './auth.dto.js';
import { bearerOf } from './bearer.js';
import { LoginRateGuard } from './login-rate.guard.js';
import { SessionStore } from './session-store.js';
import { UserPhones } from './user-phones.js';
import { UserGuard, UserId } from './user.guard.js';
import { Users } from './users.js';

@ApiTags('auth')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly settings: Settings,
    private readonly platform: WechatPlatform,
    private readonly users: Users,
    private readonly sessions: SessionStore,
    private readonly phones: UserPhones,
  ) {}

  @Post('login')
  @UseGuards(LoginRateGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Exchange the code of wx.login for a token' })
  @ApiOkResponse({ type: LoginAnswer })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'WECHAT_CODE_INVALID',
    'WECHAT_USER_BLOCKED',
    'USER_BLOCKED',
    'WECHAT_RATE_LIMITED',
    'TOO_MANY_REQUESTS',
    'WECHAT_UNAVAILABLE',
  )
  async login(@Body() body: LoginBody): Promise<LoginAnswer> {
    const identity = await this.platform.exchangeLoginCode(body.code);
    const { id, blockedAt, sessionEpoch } = await this.users.welcome(identity);
    if (blockedAt !== null) throw new DomainError('USER_BLOCKED');
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    return { token: await this.sessions.open('user', id, expiresIn, sessionEpoch), expiresIn, user: { id } };
  }

  @Post('phone')
  @HttpCode(200)
  @UseGuards(LoginRateGuard, UserGuard)
  @ApiBearerAuth('user')
  @ApiOperation({
    summary: 'Exchange the code of the getPhoneNumber button for the phone number, which is kept sealed',
  })
  @ApiOkResponse({ type: PhoneAnswer })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'WECHAT_CODE_INVALID',
    'WECHAT_USER_BLOCKED',
    'WECHAT_RATE_LIMITED',
    'TOO_MANY_REQUESTS',
    'WECHAT_UNAVAILABLE',
  )
  async phone(@UserId() id: string, @Body() { code }: PhoneBody): Promise<PhoneAnswer> {
    return { phone: await this.phones.exchange(id, code) };
  }

  @Get('me')
  @UseGuards(UserGuard)
  @ApiBearerAuth('user')
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: MeAnswer })
  @ProblemResponses('UNAUTHENTICATED')
  async me(@UserId() id: string): Promise<MeAnswer> {
    return { id, scope: 'user', phone: await this.phones.maskedOf(id) };
  }

  @Post('logout')
  @UseGuards(UserGuard)
  @HttpCode(204)
  @ApiBearerAuth('user')
  @ApiOperation({ summary: 'Revoke this token at once' })
  @ProblemResponses('UNAUTHENTICATED')
  async logout(@Req() request: FastifyRequest): Promise<void> {
    await this.sessions.revoke('user', bearerOf(request) ?? '');
  }
}
