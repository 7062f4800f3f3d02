import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { AllowRole, CurrentActor, CurrentSession } from './staff.guard.js';
import { ChangedStaffView, NewStaffBody, StaffChangeBody, StaffQuery, StaffView } from './staff.dto.js';
import { StaffService } from './staff.service.js';

@ApiTags('admin: staff')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/admins')
@RoutesFor('STAFF')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'List staff accounts, newest first' })
  @ApiPage(StaffView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: StaffQuery): Promise<Page<StaffView>> {
    return this.staff.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a staff account' })
  @ApiOkResponse({ type: StaffView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ADMIN_NOT_FOUND')
  show(@Param('id') id: string): Promise<StaffView> {
    return this.staff.getAccount(id);
  }

  @Post()
  @ApiOperation({ summary: 'Create a staff account' })
  @ApiCreatedResponse({ type: StaffView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'USERNAME_TAKEN', 'TOO_MANY_ATTEMPTS')
  create(@CurrentActor() actor: Actor, @Body() body: NewStaffBody): Promise<StaffView> {
    return this.staff.create(actor, body);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Update a staff account: role, password, disabled',
    description:
      'A lower role, a new password and `disabled: true` end all sessions of the account at once. When staff ' +
      'change their own account, their own session stays, unless they disable the account. Disabling or demoting an ADMIN revokes the API keys of this account, unless `apiKeys` is ' +
      '`takeOver`; the response lists them. The last active ADMIN can be neither disabled nor demoted.',
  })
  @ApiOkResponse({ type: ChangedStaffView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ADMIN_NOT_FOUND'] as const),
    ...(['LAST_ADMIN', 'TOO_MANY_ATTEMPTS'] as const),
  )
  change(
    @CurrentActor() actor: Actor,
    @CurrentSession() session: string,
    @Param('id') id: string,
    @Body() body: StaffChangeBody,
  ): Promise<ChangedStaffView> {
    return this.staff.updateAccount(actor, session, id, body);
  }
}
