import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags, ApiProperty } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { ApiKeyQuery, ApiKeyView, NewApiKeyBody, NewApiKeyView } from '../../server-api/api-key.dto.js';
import { ApiKeyService } from '../../server-api/api-key.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';
import { assertStillAdministrator } from '../accounts/staff-account-store.js';
import { type EntityManager, In } from 'typeorm';
import { StaffAccount } from '../accounts/staff-account.entity.js';

class ResponsibleAccountView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  username!: string;
}

/** An API key with its responsible account. */
export class OwnedApiKeyView extends ApiKeyView {
  @ApiProperty({
    type: ResponsibleAccountView,
    nullable: true,
    description: 'The responsible administrator: the creator, or the one who took the key over last.',
  })
  responsible!: ResponsibleAccountView | null;

  @ApiProperty({
    description:
      'True for an active key whose responsible account is disabled or no longer an ADMIN: revoke it or take it over.',
  })
  isOrphaned!: boolean;
}

/** Adds the responsible account to each key. */
async function withOwners(manager: EntityManager, keys: readonly ApiKeyView[]): Promise<OwnedApiKeyView[]> {
  const ids = [...new Set(keys.map(({ responsibleId }) => responsibleId).filter((id) => id !== null))];
  const accounts = ids.length === 0 ? [] : await manager.findBy(StaffAccount, { id: In(ids) });
  return keys.map((key) =>
    ownedApiKeyView(
      key,
      accounts.find(({ id }) => id === key.responsibleId),
    ),
  );
}

function ownedApiKeyView(key: ApiKeyView, account: StaffAccount | undefined): OwnedApiKeyView {
  const isOwned = account?.role === 'ADMIN' && !account.isDisabled;
  const responsible = account ? { id: account.id, username: account.username } : null;
  return { ...key, responsible, isOrphaned: key.status === 'ACTIVE' && !isOwned };
}

@ApiTags('admin: API keys')
@ApiBearerAuth('admin')
@AllowRole('ADMIN')
@Controller('admin/api/api-keys')
@RoutesFor('STAFF')
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
