import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemResponses } from '../common/problem.dto.js';
import { StaffRead } from '../database/staff-reads.js';
import { AllowRole } from './admin.guard.js';
import { SummaryQuery, SummaryView, ToDoView } from './summary.dto.js';
import { Summary } from './summary.js';
import { ToDo } from './to-do.js';

@ApiTags('admin: overview')
@ApiBearerAuth('admin')
@AllowRole('VIEWER')
@Controller('admin/api')
export class SummaryController {
  constructor(
    private readonly summary: Summary,
    private readonly toDo: ToDo,
  ) {}

  @Get('summary')
  @StaffRead()
  @ApiOperation({ summary: 'What was paid and refunded, in all and per day, and how we heard of it' })
  @ApiOkResponse({ type: SummaryView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  sums(@Query() query: SummaryQuery): Promise<SummaryView> {
    return this.summary.of(query);
  }

  @Get('to-do')
  @StaffRead()
  @ApiOperation({ summary: 'What waits for a person' })
  @ApiOkResponse({ type: ToDoView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  waiting(): Promise<ToDoView> {
    return this.toDo.show();
  }
}
