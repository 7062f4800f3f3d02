import { Body, Controller, Get, HttpCode, Ip, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../auth/bearer.js';
import { SessionStore } from '../auth/session-store.js';
import { DomainError } from '../common/domain-error.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { Settings } from '../config/settings.js';
import { AdminLoginAnswer, AdminLoginBody, AdminView, adminView, ChangePasswordBody } from './admin-auth.dto.js';
import { Admin } from './admin.entity.js';
import { AllowAnyone, AllowRole, CurrentAdmin } from './admin.guard.js';
import { Admins } from './admins.js';
import { LoginFailures } from './login-failures.js';

@ApiTags('admin: auth')
@Controller('admin/api/auth')
export class AdminAuthController {
  constructor(
    private readonly settings: Settings,
    private readonly admins: Admins,
    private readonly failures: LoginFailures,
    private readonly sessions: SessionStore,
  ) {}

  @Post('login')
  @AllowAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in as staff' })
  @ApiOkResponse({ type: AdminLoginAnswer })
  @ProblemResponses('VALIDATION_FAILED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async login(@Body() { username, password }: AdminLoginBody, @Ip() ip: string): Promise<AdminLoginAnswer> {
    const who = `${ip} ${username.toLowerCase()}`;
    const admin = await this.authenticate(who, username, password);
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    return { token: await this.sessions.open('admin', admin.id, expiresIn), expiresIn, admin: adminView(admin) };
  }

  @Post('logout')
  @AllowRole('VIEWER')
  @HttpCode(204)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Revoke this token at once' })
  @ProblemResponses('UNAUTHENTICATED')
  async logout(@Req() request: FastifyRequest): Promise<void> {
    await this.sessions.revoke('admin', bearerOf(request) ?? '');
  }

  @Get('me')
  @AllowRole('VIEWER')
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: AdminView })
  @ProblemResponses('UNAUTHENTICATED')
  me(@CurrentAdmin() admin: Admin): AdminView {
    return adminView(admin);
  }

  @Post('password')
  @AllowRole('VIEWER')
  @HttpCode(204)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Change my password' })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async password(@CurrentAdmin() admin: Admin, @Body() body: ChangePasswordBody): Promise<void> {
    await this.authenticate(`password ${admin.id}`, admin.username, body.oldPassword);
    await this.admins.changePassword(admin.id, body.newPassword);
  }

  /** The limit is looked at first, so that a right guess among many wrong ones is not told apart. */
  private authenticate(who: string, username: string, password: string): Promise<Admin> {
    return this.failures.inLine(who, () => this.guess(who, username, password));
  }

  private async guess(who: string, username: string, password: string): Promise<Admin> {
    const retryAfterSeconds = this.failures.waitSeconds(who);
    if (retryAfterSeconds > 0) throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
    const admin = await this.admins.authenticate(username, password);
    if (!admin) {
      this.failures.add(who);
      throw new DomainError('BAD_CREDENTIALS');
    }
    this.failures.forget(who);
    return admin;
  }
}
