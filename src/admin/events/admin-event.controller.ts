import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { RedeliveryView } from '../../event/endpoints/event-endpoint.dto.js';
import { RedeliveryService } from '../../event/endpoints/redelivery.service.js';
import { EventFeedPage, EventFeedQuery } from '../../event/feed/event-feed.dto.js';
import { EventFeedService } from '../../event/feed/event-feed.service.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';

@ApiTags('admin: events')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/events')
@RoutesFor('STAFF')
export class AdminEventController {
  constructor(
    private readonly feed: EventFeedService,
    private readonly redelivery: RedeliveryService,
  ) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'List events, oldest first' })
  @ApiOkResponse({ type: EventFeedPage })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: EventFeedQuery): Promise<EventFeedPage> {
    return this.feed.list(query);
  }

  @Post(':id/redeliver')
  @HttpCode(200)
  @ApiOperation({ summary: 'Deliver an event again to every enabled endpoint that receives it' })
  @ApiOkResponse({ type: RedeliveryView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_NOT_FOUND')
  redeliver(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<RedeliveryView> {
    return this.redelivery.redeliver(actor, id);
  }
}
