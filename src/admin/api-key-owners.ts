import { ApiProperty } from '@nestjs/swagger';
import { type EntityManager, In } from 'typeorm';
import { ApiKeyView } from '../server/api-key.dto.js';
import { Admin } from './admin.entity.js';

class ResponsibleAdminView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  username!: string;
}

/** An API key with its responsible account. */
export class OwnedApiKeyView extends ApiKeyView {
  @ApiProperty({
    type: ResponsibleAdminView,
    nullable: true,
    description: 'The responsible administrator: the creator, or the one who took the key over last.',
  })
  responsible!: ResponsibleAdminView | null;

  @ApiProperty({
    description:
      'True for an active key whose responsible account is disabled or no longer an ADMIN: revoke it or take it over.',
  })
  isOrphaned!: boolean;
}

/** Adds the responsible account to each key. */
export async function withOwners(manager: EntityManager, keys: readonly ApiKeyView[]): Promise<OwnedApiKeyView[]> {
  const ids = [...new Set(keys.map(({ responsibleId }) => responsibleId).filter((id) => id !== null))];
  const accounts = ids.length === 0 ? [] : await manager.findBy(Admin, { id: In(ids) });
  return keys.map((key) =>
    ownedApiKeyView(
      key,
      accounts.find(({ id }) => id === key.responsibleId),
    ),
  );
}

function ownedApiKeyView(key: ApiKeyView, account: Admin | undefined): OwnedApiKeyView {
  const isOwned = account?.role === 'ADMIN' && !account.isDisabled;
  const responsible = account ? { id: account.id, username: account.username } : null;
  return { ...key, responsible, isOrphaned: key.status === 'ACTIVE' && !isOwned };
}
