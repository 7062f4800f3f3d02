import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import { type Page, PageQuery } from '../../common/paging/paging.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { DeliveryListQuery, EventDeliveryView } from '../../event/delivery/delivery-list.dto.js';
import { DeliveryListService } from '../../event/delivery/delivery-list.service.js';
import {
  ChangeEventEndpointBody,
  EventEndpointView,
  EventEndpointWithSecretView,
  NewEventEndpointBody,
  ReplayBody,
  ReplayView,
  RotateSecretBody,
} from '../../event/endpoints/event-endpoint.dto.js';
import { EventEndpointService } from '../../event/endpoints/event-endpoint.service.js';
import { RedeliveryService } from '../../event/endpoints/redelivery.service.js';
import { FeedEventView } from '../../event/feed/event-feed.dto.js';
import { AllowScope, CurrentKeyActor } from '../server.guard.js';

@ApiTags('server: events')
@Controller('server/api/event-endpoints')
@RoutesFor('API_KEYS')
export class ServerEventEndpointController {
  constructor(
    private readonly endpoints: EventEndpointService,
    private readonly redelivery: RedeliveryService,
    private readonly deliveries: DeliveryListService,
  ) {}

  @Get()
  @StaffRead()
  @AllowScope('events:manage')
  @ApiOperation({ summary: 'List event endpoints, newest first' })
  @ApiPage(EventEndpointView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: PageQuery): Promise<Page<EventEndpointView>> {
    return this.endpoints.list(query);
  }

  @Post()
  @AllowScope('events:manage')
  @ApiOperation({
    summary: 'Create an event endpoint',
    description: 'It receives the events from now on. Only this response contains `secret`.',
  })
  @ApiCreatedResponse({ type: EventEndpointWithSecretView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_ENDPOINT_LIMIT_REACHED')
  create(@CurrentKeyActor() actor: Actor, @Body() body: NewEventEndpointBody): Promise<EventEndpointWithSecretView> {
    return this.endpoints.create(actor, body);
  }

  @Patch(':id')
  @AllowScope('events:manage')
  @ApiOperation({ summary: 'Change, disable or enable an event endpoint' })
  @ApiOkResponse({ type: EventEndpointView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_ENDPOINT_NOT_FOUND')
  change(
    @CurrentKeyActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ChangeEventEndpointBody,
  ): Promise<EventEndpointView> {
    return this.endpoints.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowScope('events:manage')
  @ApiOperation({ summary: 'Delete an event endpoint and its waiting deliveries' })
  @ApiNoContentResponse()
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_ENDPOINT_NOT_FOUND')
  delete(@CurrentKeyActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.endpoints.delete(actor, id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @AllowScope('events:manage')
  @ApiOperation({
    summary: 'Replace the secret',
    description: 'Both secrets sign until `overlapHours` are over. Only this response contains the new `secret`.',
  })
  @ApiOkResponse({ type: EventEndpointWithSecretView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_ENDPOINT_NOT_FOUND')
  rotate(
    @CurrentKeyActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: RotateSecretBody,
  ): Promise<EventEndpointWithSecretView> {
    return this.endpoints.rotate(actor, id, body);
  }

  @Post(':id/test')
  @HttpCode(200)
  @AllowScope('events:manage')
  @ApiOperation({ summary: 'Send an `endpoint.test` event to this endpoint alone' })
  @ApiOkResponse({ type: FeedEventView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_ENDPOINT_NOT_FOUND', 'EVENT_ENDPOINT_DISABLED')
  sendTest(@CurrentKeyActor() actor: Actor, @Param('id') id: string): Promise<FeedEventView> {
    return this.redelivery.sendTest(actor, id);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @AllowScope('events:manage')
  @ApiOperation({
    summary: 'Deliver the events of a period again',
    description: 'One call looks at up to 10,000 events; `continueFrom` is the `from` of the next one. Safe to repeat.',
  })
  @ApiOkResponse({ type: ReplayView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'EVENT_ENDPOINT_NOT_FOUND',
    'EVENT_ENDPOINT_DISABLED',
  )
  replay(@CurrentKeyActor() actor: Actor, @Param('id') id: string, @Body() body: ReplayBody): Promise<ReplayView> {
    return this.redelivery.replay(actor, id, body);
  }

  @Get(':id/deliveries')
  @StaffRead()
  @AllowScope('events:manage')
  @ApiOperation({ summary: 'List the deliveries of an endpoint with their attempts, newest event first' })
  @ApiPage(EventDeliveryView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'EVENT_ENDPOINT_NOT_FOUND')
  listDeliveries(@Param('id') id: string, @Query() query: DeliveryListQuery): Promise<Page<EventDeliveryView>> {
    return this.deliveries.list(id, query);
  }
}
