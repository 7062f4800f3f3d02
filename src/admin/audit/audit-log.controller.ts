import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '../../audit/audit-log.js';
import { AuditQuery, AuditView } from '../../audit/audit.dto.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { AllowRole } from '../accounts/staff.guard.js';

@ApiTags('admin: audit log')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/audit-log')
@RoutesFor('STAFF')
export class AuditLogController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'List audit log entries, newest first' })
  @ApiPage(AuditView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: AuditQuery): Promise<Page<AuditView>> {
    return this.audit.list(query);
  }
}
