import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '../audit/audit-log.js';
import { AuditQuery, AuditView } from '../audit/audit.dto.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { StaffRead } from '../database/staff-read.service.js';
import { AllowRole } from './admin.guard.js';

@ApiTags('admin: audit log')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/audit-log')
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
