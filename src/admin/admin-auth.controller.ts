import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit-log.js';
import { SessionStore } from '../auth/session-store.js';
import { clientAddress } from '../common/client-address.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { Settings } from '../config/settings.js';
import {
  AdminLoginResponse,
  AdminLoginBody,
  AdminView,
  adminView,
  ChangePasswordBody,
  ConsoleSessionResponse,
} from './admin-auth.dto.js';
import { Admin } from './admin.entity.js';
import { AllowAnyone, AllowRole, CurrentActor, CurrentAdmin, CurrentSession } from './admin.guard.js';
import { setSessionCookie, isSecureCookie, staffTokenOf, clearSessionCookie } from './console-session.js';
import { StaffLoginService } from './staff-login.service.js';

@ApiTags('admin: auth')
@Controller('admin/api/auth')
export class AdminAuthController {
  constructor(
    private readonly settings: Settings,
    private readonly staffLogin: StaffLoginService,
    private readonly sessions: SessionStore,
  ) {}

  @Post('login')
  @AllowAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in as staff' })
  @ApiOkResponse({ type: AdminLoginResponse })
  @ProblemResponses('VALIDATION_FAILED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async login(
    @Body() { username, password }: AdminLoginBody,
    @Req() request: FastifyRequest,
  ): Promise<AdminLoginResponse> {
    const { token, expiresIn, admin } = await this.staffLogin.login(username, password, clientAddress(request));
    return { token, expiresIn, admin: adminView(admin) };
  }

  @Post('session')
  @AllowAnyone()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in as staff with a session cookie',
    description:
      'For the web console. The token is set as the cookie `wx-checkout-staff` (HttpOnly, SameSite=Strict, Path=/admin/api, ' +
      'Secure in production). Calls that use the cookie must send the header `X-Console` with any value; without that header ' +
      'the cookie is ignored.',
  })
  @ApiOkResponse({ type: ConsoleSessionResponse })
  @ProblemResponses('VALIDATION_FAILED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async createSession(
    @Body() { username, password }: AdminLoginBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConsoleSessionResponse> {
    const { token, expiresIn, admin } = await this.staffLogin.login(username, password, clientAddress(request));
    setSessionCookie(reply, token, expiresIn, isSecureCookie(this.settings, request));
    return { expiresIn, admin: adminView(admin) };
  }

  @Post('logout')
  @AllowRole('VIEWER')
  @HttpCode(204)
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Revoke this token and delete the session cookie' })
  @ProblemResponses('UNAUTHENTICATED')
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.revoke('admin', staffTokenOf(request) ?? '');
    if (request.headers.cookie !== undefined) clearSessionCookie(reply, isSecureCookie(this.settings, request));
  }

  @Get('me')
  @AllowRole('VIEWER')
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Get the current staff account' })
  @ApiOkResponse({ type: AdminView })
  @ProblemResponses('UNAUTHENTICATED')
  showMe(@CurrentAdmin() admin: Admin): AdminView {
    return adminView(admin);
  }

  @Post('password')
  @AllowRole('VIEWER')
  @HttpCode(204)
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Change my password',
    description: 'Ends my other sessions at once. The current session stays valid.',
  })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async changePassword(
    @CurrentActor() actor: Actor,
    @CurrentSession() session: string,
    @Body() { oldPassword, newPassword }: ChangePasswordBody,
  ): Promise<void> {
    await this.staffLogin.changePassword(actor, session, { old: oldPassword, new: newPassword });
  }
}
