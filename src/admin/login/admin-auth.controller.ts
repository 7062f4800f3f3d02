import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/audit-log.js';
import { SessionStore } from '../../auth/session/session-store.js';
import { ClientAddress } from '../../common/http/client-address.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { Settings } from '../../config/settings.js';
import {
  StaffLoginResponse,
  StaffLoginBody,
  CurrentStaffView,
  currentStaffView,
  ChangePasswordBody,
  ConsoleSessionResponse,
} from './admin-auth.dto.js';
import { StaffAccount } from '../accounts/staff-account.entity.js';
import { AllowAnyone, AllowRole, CurrentActor, CurrentStaffAccount, CurrentSession } from '../accounts/staff.guard.js';
import { setSessionCookie, isSecureCookie, staffTokenOf, clearSessionCookie } from './console-session.js';
import { StaffLoginService } from './staff-login.service.js';

@ApiTags('admin: auth')
@Controller('admin/api/auth')
@RoutesFor('STAFF')
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
  @ApiOkResponse({ type: StaffLoginResponse })
  @ProblemResponses('VALIDATION_FAILED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  async login(
    @Body() { username, password }: StaffLoginBody,
    @ClientAddress() address: string,
  ): Promise<StaffLoginResponse> {
    const { token, expiresIn, account } = await this.staffLogin.login(username, password, address);
    return { token, expiresIn, admin: currentStaffView(account) };
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
    @Body() { username, password }: StaffLoginBody,
    @ClientAddress() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConsoleSessionResponse> {
    const { token, expiresIn, account } = await this.staffLogin.login(username, password, address);
    setSessionCookie(reply, token, expiresIn, isSecureCookie(this.settings, request));
    return { expiresIn, admin: currentStaffView(account) };
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
  @ApiOkResponse({ type: CurrentStaffView })
  @ProblemResponses('UNAUTHENTICATED')
  showMe(@CurrentStaffAccount() account: StaffAccount): CurrentStaffView {
    return currentStaffView(account);
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
