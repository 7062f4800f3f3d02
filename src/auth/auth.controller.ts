import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SkipThrottle, ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { ProblemResponses } from '../common/problem.dto.js';
import { Settings } from '../config/settings.js';
import { WechatPlatform } from '../wechat/wechat-platform.js';
import { LoginAnswer, LoginBody, MeAnswer } from './auth.dto.js';
import { bearerOf } from './bearer.js';
import { SessionStore } from './session-store.js';
import { UserGuard, UserId } from './user.guard.js';
import { Users } from './users.js';

@ApiTags('auth')
@Controller('api/auth')
@UseGuards(ThrottlerGuard)
export class AuthController {
  constructor(
    private readonly settings: Settings,
    private readonly platform: WechatPlatform,
    private readonly users: Users,
    private readonly sessions: SessionStore,
  ) {}

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Exchange the code of wx.login for a token' })
  @ApiOkResponse({ type: LoginAnswer })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'WECHAT_CODE_INVALID',
    'WECHAT_USER_BLOCKED',
    'WECHAT_RATE_LIMITED',
    'TOO_MANY_REQUESTS',
    'WECHAT_UNAVAILABLE',
  )
  async login(@Body() body: LoginBody): Promise<LoginAnswer> {
    const identity = await this.platform.exchangeLoginCode(body.code);
    const { id } = await this.users.welcome(identity);
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    return { token: await this.sessions.open('user', id, expiresIn), expiresIn, user: { id } };
  }

  @Get('me')
  @SkipThrottle()
  @UseGuards(UserGuard)
  @ApiBearerAuth('user')
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: MeAnswer })
  @ProblemResponses('UNAUTHENTICATED')
  me(@UserId() id: string): MeAnswer {
    return { id, scope: 'user', phone: null };
  }

  @Post('logout')
  @SkipThrottle()
  @UseGuards(UserGuard)
  @HttpCode(204)
  @ApiBearerAuth('user')
  @ApiOperation({ summary: 'Revoke this token at once' })
  @ProblemResponses('UNAUTHENTICATED')
  async logout(@Req() request: FastifyRequest): Promise<void> {
    await this.sessions.revoke('user', bearerOf(request) ?? '');
  }
}
