import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { AllowRole, CurrentActor } from './admin.guard.js';
import { StuckMessageService } from './stuck-message.service.js';

class RetriedView {
  @ApiProperty({ description: 'Number of messages queued for another try. Messages older than a day are dropped.' })
  retried!: number;
}

@ApiTags('admin: messages')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/messages')
export class AdminMessageController {
  constructor(private readonly stuckMessages: StuckMessageService) {}

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Retry stuck buyer messages after fixing their cause' })
  @ApiOkResponse({ type: RetriedView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  async retry(@CurrentActor() actor: Actor): Promise<RetriedView> {
    return { retried: await this.stuckMessages.retryAll(actor) };
  }
}
