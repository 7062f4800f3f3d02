import { Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type ApiKey } from '../../api/client.js';
import { ActionButton } from '../../components/action-button.js';
import { Label, type LabelTone } from '../../components/label.js';
import { AddButton, ListPage, type RecordColumn } from '../../components/list-page.js';
import { Dash, Instant, Money } from '../../components/values.js';
import { useSearch } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { NewKeyDialog } from './new-key-dialog.js';

/** API keys of the shop's own programs. */
export default function ApiKeysPage(): ReactNode {
  const { apiKeys: t } = useTranslations();
  const [isAdding, setAdding] = useState(false);
  const list = usePagedList('api-keys', useSearch(), (query) =>
    unwrap(api.GET('/admin/api/api-keys', { params: { query } })),
  );
  return (
    <ListPage
      title={t.title}
      hint={t.hint}
      searchHint={t.searchHint}
      empty={t.empty}
      action={<AddButton text={t.add} onClick={() => setAdding(true)} />}
      list={list}
      columns={useColumns()}
      rowKey={({ id }) => id}
    >
      {isAdding && <NewKeyDialog onClose={() => setAdding(false)} />}
    </ListPage>
  );
}

const TONES: Record<ApiKey['status'], LabelTone> = { ACTIVE: 'good', EXPIRED: 'plain', REVOKED: 'bad' };

/** The administrator who takes over a key whose owner is disabled or no longer an administrator becomes responsible for it. */
function KeyActions({ apiKey: { id, name, status, isOrphaned } }: { apiKey: ApiKey }): ReactNode {
  const { apiKeys: t } = useTranslations();
  const params = { path: { id } };
  return (
    <Space wrap>
      {isOrphaned && (
        <ActionButton
          size="small"
          text={t.takeOver}
          subject={name}
          question={t.confirmTakeOver(name)}
          request={() => unwrap(api.POST('/admin/api/api-keys/{id}/take-over', { params }))}
          successText={t.takenOverToast}
        />
      )}
      {status === 'ACTIVE' ? (
        <ActionButton
          size="small"
          danger
          text={t.revoke}
          subject={name}
          question={t.confirmRevoke(name)}
          isFinal
          request={() => unwrap(api.POST('/admin/api/api-keys/{id}/revoke', { params }))}
          successText={t.revokedToast}
        />
      ) : (
        <Dash />
      )}
    </Space>
  );
}

function useColumns(): RecordColumn<ApiKey>[] {
  const { common, apiKeys: t } = useTranslations();
  return [
    {
      key: 'name',
      title: common.name,
      render: ({ name, prefix }) => (
        <>
          <span className="breakable">{name}</span>
          <br />
          <span className="mono quiet breakable">{prefix}…</span>
        </>
      ),
    },
    {
      key: 'scopes',
      title: t.scopes,
      render: ({ scopes }) => (
        <Space wrap size={4}>
          {scopes.map((scope) => (
            <Label key={scope} tone="plain">
              {t.scopeNames[scope]}
            </Label>
          ))}
        </Space>
      ),
    },
    {
      key: 'limit',
      title: t.limit,
      align: 'right',
      render: ({ scopes, maxRefundFenPerDay }) =>
        scopes.includes('refunds:write') ? <Money fen={maxRefundFenPerDay} /> : <Dash />,
    },
    {
      key: 'status',
      title: common.status,
      render: ({ status, isOrphaned }) => (
        <>
          <Label tone={TONES[status]}>{t.statuses[status]}</Label>
          {isOrphaned && <Label tone="bad">{t.orphaned}</Label>}
        </>
      ),
    },
    { key: 'lastUsedAt', title: t.lastUsedAt, render: ({ lastUsedAt }) => <Instant at={lastUsedAt} /> },
    { key: 'expiresAt', title: t.expiresAt, render: ({ expiresAt }) => <Instant at={expiresAt} /> },
    {
      key: 'createdAt',
      title: t.createdAt,
      render: ({ createdAt, createdBy, responsible }) => (
        <>
          <Instant at={createdAt} /> <span className="quiet breakable">{createdBy}</span>
          {responsible && responsible.username !== createdBy && (
            <div className="quiet breakable">{t.responsible(responsible.username)}</div>
          )}
        </>
      ),
    },
    { key: 'actions', title: common.actions, render: (apiKey) => <KeyActions apiKey={apiKey} /> },
  ];
}
