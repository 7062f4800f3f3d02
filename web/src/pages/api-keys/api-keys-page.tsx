import { PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { Label, type LabelTone } from '../../components/label.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { NewKeyDialog } from './new-key-dialog.js';
import { RevokeButton } from './revoke-button.js';
import { TakeOverButton } from './take-over-button.js';

export type ApiKey = Schemas['OwnedApiKeyView'];

/** API keys of the shop's own programs. */
export default function ApiKeysPage(): ReactNode {
  const { apiKeys: t } = useTranslations();
  const [isAdding, setAdding] = useState(false);
  const { get, set } = useFilters();
  const q = get('q');
  const list = usePagedList(['api-keys', q], (page) => {
    const query = { ...page, ...(q !== '' && { q }) };
    return unwrap(api.GET('/admin/api/api-keys', { params: { query } }));
  });
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t.add}
        </Button>
      </div>
      <p className="quiet">{t.hint}</p>
      <div className="filters">
        <div className="filter-search">
          <SearchBox value={q} hint={t.searchHint} onSearch={(text) => set('q', text)} />
        </div>
      </div>
      <RecordList list={list} columns={useColumns()} rowKey={({ id }) => id} empty={t.empty} label={t.title} />
      {isAdding && <NewKeyDialog onClose={() => setAdding(false)} />}
    </>
  );
}

const TONES: Record<ApiKey['status'], LabelTone> = { ACTIVE: 'good', EXPIRED: 'plain', REVOKED: 'bad' };

function KeyActions({ apiKey }: { apiKey: ApiKey }): ReactNode {
  return (
    <Space wrap>
      {apiKey.isOrphaned && <TakeOverButton apiKey={apiKey} />}
      <RevokeButton apiKey={apiKey} />
    </Space>
  );
}

function useColumns(): RecordColumn<ApiKey>[] {
  const { common, apiKeys: t } = useTranslations();
  return [
    {
      ...{ key: 'name', title: t.name },
      render: ({ name, prefix }) => (
        <>
          <span className="breakable">{name}</span>
          <br />
          <span className="mono quiet breakable">{prefix}…</span>
        </>
      ),
    },
    {
      ...{ key: 'scopes', title: t.scopes },
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
      ...{ key: 'limit', title: t.limit, align: 'right' },
      render: ({ scopes, maxRefundFenPerDay }) =>
        scopes.includes('refunds:write') ? <Money fen={maxRefundFenPerDay} /> : <span className="quiet">–</span>,
    },
    {
      ...{ key: 'status', title: common.status },
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
      ...{ key: 'createdAt', title: t.createdAt },
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
