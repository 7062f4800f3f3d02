import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';
import { MessageRetryService } from './message-retry.service.js';

class RetriedView {
  @ApiProperty({ description: 'Number of messages queued for another try. Messages older than a day are dropped.' })
  retried!: number;
}

@ApiTags('admin: messages')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/messages')
@RoutesFor('STAFF')
export class AdminMessageController {
  constructor(private readonly messages: MessageRetryService) {}

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Retry subscribe messages to buyers that need attention, after their cause is fixed' })
  @ApiOkResponse({ type: RetriedView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  async retry(@CurrentActor() actor: Actor): Promise<RetriedView> {
    return { retried: await this.messages.retryAll(actor) };
  }
}
