import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { AllowRole } from '../accounts/staff.guard.js';
import { SummaryQuery, SummaryView, ToDoView } from './summary.dto.js';
import { SummaryService } from './summary.service.js';
import { ToDoService } from './to-do.service.js';

@ApiTags('admin: overview')
@ApiBearerAuth('admin')
@AllowRole('VIEWER')
@Controller('admin/api')
@RoutesFor('STAFF')
export class SummaryController {
  constructor(
    private readonly summary: SummaryService,
    private readonly toDo: ToDoService,
  ) {}

  @Get('summary')
  @StaffRead()
  @ApiOperation({
    summary: 'Get totals of payments and refunds, overall and per day, and the source of payment results',
  })
  @ApiOkResponse({ type: SummaryView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  showSummary(@Query() query: SummaryQuery): Promise<SummaryView> {
    return this.summary.summarize(query);
  }

  @Get('to-do')
  @StaffRead()
  @ApiOperation({ summary: 'Get the tasks that wait for staff' })
  @ApiOkResponse({ type: ToDoView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  showToDo(): Promise<ToDoView> {
    return this.toDo.getToDo();
  }
}
