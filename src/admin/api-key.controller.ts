import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { StaffRead } from '../database/staff-read.service.js';
import { ApiKeyQuery, ApiKeyView, NewApiKeyBody, NewApiKeyView } from '../server/api-key.dto.js';
import { ApiKeyService } from '../server/api-key.service.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AllowRole, CurrentActor } from './admin.guard.js';
import { OwnedApiKeyView, withOwners } from './api-key-owners.js';
import { assertStillAdministrator } from './assert-still-administrator.js';

@ApiTags('admin: API keys')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/api-keys')
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'List API keys, newest first' })
  @ApiPage(OwnedApiKeyView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  async list(@Query() query: ApiKeyQuery): Promise<Page<OwnedApiKeyView>> {
    const page = await this.keys.list(query);
    return { ...page, items: await this.unitOfWork.read((manager) => withOwners(manager, page.items)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Create an API key',
    description:
      'Only this response contains `key`; it is not stored. Without `expiresAt` the key expires after a year.',
  })
  @ApiCreatedResponse({ type: NewApiKeyView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  create(@CurrentActor() actor: Actor, @Body() body: NewApiKeyBody): Promise<NewApiKeyView> {
    return this.keys.create(actor, body, (tx) => assertStillAdministrator(tx, actor));
  }

  @Post(':id/take-over')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take over responsibility for an API key',
    description: 'For a key whose responsible administrator was disabled or demoted.',
  })
  @ApiOkResponse({ type: ApiKeyView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'API_KEY_NOT_FOUND')
  takeOver(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ApiKeyView> {
    return this.keys.takeOver(actor, id, (tx) => assertStillAdministrator(tx, actor));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'Revoke an API key at once and permanently' })
  @ApiOkResponse({ type: ApiKeyView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'API_KEY_NOT_FOUND')
  revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ApiKeyView> {
    return this.keys.revoke(actor, id);
  }
}
