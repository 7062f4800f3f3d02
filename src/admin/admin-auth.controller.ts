import { Body, Controller, Get, HttpCode, Ip, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit-log.js';
import { bearerOf } from '../auth/bearer.js';
import { SessionStore } from '../auth/session-store.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { AdminLoginAnswer, AdminLoginBody, AdminView, adminView, ChangePasswordBody } from './admin-auth.dto.js';
import { Admin } from './admin.entity.js';
import { AllowAnyone, AllowRole, CurrentActor, CurrentAdmin, CurrentSession, plainIp } from './admin.guard.js';
import { StaffLogin } from './staff-login.js';

@ApiTags('admin: auth')
@Controller('admin/api/auth')
export class AdminAuthController {
  constructor(
    private readonly staffLogin: StaffLogin,
    private readonly sessions: SessionStore,
  ) {}

  @Post('login')
  @AllowAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in as staff' })
  @ApiOkResponse({ type: AdminLoginAnswer })
  @ProblemResponses('VALIDATION_FAILED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async login(@Body() { username, password }: AdminLoginBody, @Ip() ip: string): Promise<AdminLoginAnswer> {
    const { token, expiresIn, admin } = await this.staffLogin.login(username, password, plainIp(ip));
    return { token, expiresIn, admin: adminView(admin) };
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
  @ApiOperation({ summary: 'Change my password', description: 'Ends my other sessions at once; this one goes on.' })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async password(
    @CurrentActor() actor: Actor,
    @CurrentSession() session: string,
    @Body() { oldPassword, newPassword }: ChangePasswordBody,
  ): Promise<void> {
    await this.staffLogin.changePassword(actor, session, { old: oldPassword, new: newPassword });
  }
}
