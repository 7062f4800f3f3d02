import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useStaff } from '../../auth/session.js';
import { Instant } from '../../components/instant.js';
import { Label } from '../../components/label.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { NewStaffDialog } from './new-staff-dialog.js';
import { StaffActions } from './staff-actions.js';

export type Account = Schemas['StaffView'];

/** The staff accounts and their roles. */
export default function StaffPage(): ReactNode {
  const { staff: t } = useTranslations();
  const { get, set } = useFilters();
  const q = get('q');
  const [isAdding, setAdding] = useState(false);
  const list = usePagedList(['staff', q], (page) => {
    const query = { ...page, ...(q !== '' && { q }) };
    return unwrap(api.GET('/admin/api/admins', { params: { query } }));
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
      <div className="filters">
        <div className="filter-search">
          <SearchBox value={q} hint={t.searchHint} onSearch={(text) => set('q', text)} />
        </div>
      </div>
      <RecordList list={list} columns={useColumns()} rowKey={({ id }) => id} empty={t.empty} label={t.title} />
      {isAdding && <NewStaffDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): RecordColumn<Account>[] {
  const { common, staff: t } = useTranslations();
  const me = useStaff();
  return [
    {
      ...{ key: 'username', title: t.username },
      render: ({ id, username }) => (
        <>
          <span className="breakable">{username}</span> {id === me.id && <Label tone="plain">{t.you}</Label>}
        </>
      ),
    },
    {
      ...{ key: 'disabled', title: common.status },
      render: ({ disabled }) => <Label tone={disabled ? 'bad' : 'good'}>{disabled ? t.disabled : t.active}</Label>,
    },
    { key: 'createdAt', title: t.createdAt, render: ({ createdAt }) => <Instant at={createdAt} /> },
    { key: 'actions', title: common.actions, render: (account) => <StaffActions account={account} /> },
  ];
}
