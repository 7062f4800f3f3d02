import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { ApiKeyQuery, ApiKeyView, NewApiKeyBody, NewApiKeyView } from '../server/api-key.dto.js';
import { ApiKeys } from '../server/api-keys.js';
import { AllowRole, CurrentActor } from './admin.guard.js';
import { ensureStillAllowed } from './still-allowed.js';

@ApiTags('admin: API keys')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/api-keys')
export class ApiKeyController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @ApiOperation({ summary: "All keys of the shop's own programs, newest first" })
  @ApiPage(ApiKeyView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: ApiKeyQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(query);
  }

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Make a key', description: 'The answer alone shows `key`: it is kept nowhere.' })
  @ApiCreatedResponse({ type: NewApiKeyView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  create(@CurrentActor() actor: Actor, @Body() body: NewApiKeyBody): Promise<NewApiKeyView> {
    return this.keys.create(actor, body, (tx) => ensureStillAllowed(tx, actor));
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
