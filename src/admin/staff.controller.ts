import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { StaffRead } from '../database/staff-read.service.js';
import { AllowRole, CurrentActor, CurrentSession } from './admin.guard.js';
import { ChangedStaffView, NewStaffBody, StaffChangeBody, StaffQuery, StaffView } from './staff.dto.js';
import { StaffService } from './staff.service.js';

@ApiTags('admin: staff')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/admins')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'All accounts of staff, newest first' })
  @ApiPage(StaffView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: StaffQuery): Promise<Page<StaffView>> {
    return this.staff.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One account' })
  @ApiOkResponse({ type: StaffView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ADMIN_NOT_FOUND')
  show(@Param('id') id: string): Promise<StaffView> {
    return this.staff.show(id);
  }

  @Post()
  @ApiOperation({ summary: 'Make an account' })
  @ApiCreatedResponse({ type: StaffView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'USERNAME_TAKEN', 'TOO_MANY_ATTEMPTS')
  create(@CurrentActor() actor: Actor, @Body() body: NewStaffBody): Promise<StaffView> {
    return this.staff.create(actor, body);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change role or password, disable or let in again',
    description:
      'A lower role, a new password and `disabled: true` end every session of this person at once; whoever changes ' +
      'their own account keeps the session they do it with. Disabling or demoting an ADMIN ends the API keys that this ' +
      'person answers for, unless `apiKeys` is `takeOver`; the answer lists them. The last active ADMIN can be neither disabled nor demoted.',
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
    return this.staff.change(actor, session, id, body);
  }
}
