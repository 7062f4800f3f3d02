import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { RedeliveryView } from '../../event/endpoints/event-endpoint.dto.js';
import { RedeliveryService } from '../../event/endpoints/redelivery.service.js';
import { EventFeedPage, EventFeedQuery } from '../../event/feed/event-feed.dto.js';
import { EventFeedService } from '../../event/feed/event-feed.service.js';
import { AllowScope, CurrentKeyActor } from '../server.guard.js';

@ApiTags('server: events')
@Controller('server/api/events')
@RoutesFor('API_KEYS')
export class ServerEventController {
  constructor(
    private readonly feed: EventFeedService,
    private readonly redelivery: RedeliveryService,
  ) {}

  @Get()
  @AllowScope('events:read')
  @ApiOperation({
    summary: 'List events, oldest first',
    description:
      'For polling. Pass `nextCursor` of each answer as `after` of the next call: no event is skipped, whenever its ' +
      'transaction commits. Events are kept for 30 days.',
  })
  @ApiOkResponse({ type: EventFeedPage })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: EventFeedQuery): Promise<EventFeedPage> {
    return this.feed.list(query);
  }

  @Post(':id/redeliver')
  @HttpCode(200)
  @AllowScope('events:manage')
  @ApiOperation({ summary: 'Deliver an event again to every enabled endpoint that receives it' })
  @ApiOkResponse({ type: RedeliveryView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_NOT_FOUND')
  redeliver(@CurrentKeyActor() actor: Actor, @Param('id') id: string): Promise<RedeliveryView> {
    return this.redelivery.redeliver(actor, id);
  }
}
