import { PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { Instant, Money } from '../../components/status-tags.js';
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

/** The keys of the shop's own programs. */
export default function ApiKeysPage(): ReactNode {
  const { apiKeys: words } = useTranslations();
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
        <h1>{words.title}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      <p className="quiet">{words.hint}</p>
      <div className="filters">
        <div className="filter-search">
          <SearchBox value={q} hint={words.searchHint} onSearch={(text) => set('q', text)} />
        </div>
      </div>
      <RecordList list={list} columns={useColumns()} rowKey={({ id }) => id} empty={words.empty} label={words.title} />
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
  const { common, apiKeys: words } = useTranslations();
  return [
    {
      ...{ key: 'name', title: words.name },
      render: ({ name, prefix }) => (
        <>
          <span className="breakable">{name}</span>
          <br />
          <span className="mono quiet breakable">{prefix}…</span>
        </>
      ),
    },
    {
      ...{ key: 'scopes', title: words.scopes },
      render: ({ scopes }) => (
        <Space wrap size={4}>
          {scopes.map((scope) => (
            <Label key={scope} tone="plain">
              {words.scopeNames[scope]}
            </Label>
          ))}
        </Space>
      ),
    },
    {
      ...{ key: 'limit', title: words.limit, align: 'right' },
      render: ({ scopes, maxRefundFenPerDay }) =>
        scopes.includes('refunds:write') ? <Money fen={maxRefundFenPerDay} /> : <span className="quiet">–</span>,
    },
    {
      ...{ key: 'status', title: common.status },
      render: ({ status, isOrphaned }) => (
        <>
          <Label tone={TONES[status]}>{words.statuses[status]}</Label>
          {isOrphaned && <Label tone="bad">{words.orphaned}</Label>}
        </>
      ),
    },
    { key: 'lastUsedAt', title: words.lastUsedAt, render: ({ lastUsedAt }) => <Instant at={lastUsedAt} /> },
    { key: 'expiresAt', title: words.expiresAt, render: ({ expiresAt }) => <Instant at={expiresAt} /> },
    {
      ...{ key: 'createdAt', title: words.createdAt },
      render: ({ createdAt, createdBy, responsible }) => (
        <>
          <Instant at={createdAt} /> <span className="quiet breakable">{createdBy}</span>
          {responsible && responsible.username !== createdBy && (
            <div className="quiet breakable">{words.responsible(responsible.username)}</div>
          )}
        </>
      ),
    },
    { key: 'actions', title: common.actions, render: (apiKey) => <KeyActions apiKey={apiKey} /> },
  ];
}
