import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { AllowRole, CurrentActor } from './admin.guard.js';
import { StuckMessageService } from './stuck-message.service.js';

class RetriedView {
  @ApiProperty({ description: 'Messages that are tried again; those older than a day are dropped' })
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
  @ApiOperation({ summary: 'Send the messages to buyers that are stuck, once their cause is mended' })
  @ApiOkResponse({ type: RetriedView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  async retry(@CurrentActor() actor: Actor): Promise<RetriedView> {
    return { retried: await this.stuckMessages.retryAll(actor) };
  }
}
