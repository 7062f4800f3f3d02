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
  @ApiOperation({ summary: "All keys of the shop's own programs, newest first" })
  @ApiPage(OwnedApiKeyView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  async list(@Query() query: ApiKeyQuery): Promise<Page<OwnedApiKeyView>> {
    const page = await this.keys.list(query);
    return { ...page, items: await this.unitOfWork.read((manager) => withOwners(manager, page.items)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Make a key',
    description: 'The answer alone shows `key`: it is kept nowhere. Without `expiresAt` it ends after a year.',
  })
  @ApiCreatedResponse({ type: NewApiKeyView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  create(@CurrentActor() actor: Actor, @Body() body: NewApiKeyBody): Promise<NewApiKeyView> {
    return this.keys.create(actor, body, (tx) => assertStillAdministrator(tx, actor));
  }

  @Post(':id/take-over')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Answer for a key',
    description: 'For a key of an administrator who is disabled or demoted.',
  })
  @ApiOkResponse({ type: ApiKeyView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'API_KEY_NOT_FOUND')
  takeOver(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ApiKeyView> {
    return this.keys.takeOver(actor, id, (tx) => assertStillAdministrator(tx, actor));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a key at once, for good' })
  @ApiOkResponse({ type: ApiKeyView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'API_KEY_NOT_FOUND')
  revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ApiKeyView> {
    return this.keys.revoke(actor, id);
  }
}
