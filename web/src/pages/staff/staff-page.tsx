import { Form, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas, type StaffAccount } from '../../api/client.js';
import { useStaff } from '../../auth/session.js';
import { NewPasswordField } from '../../components/form/fields.js';
import { FormDialog } from '../../components/form/form-dialog.js';
import { Label } from '../../components/label.js';
import { AddButton, ListPage, type RecordColumn } from '../../components/list-page.js';
import { Instant } from '../../components/values.js';
import { useSearch } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { roleOptions, StaffActions } from './staff-actions.js';

/** The staff accounts and their roles. */
export default function StaffPage(): ReactNode {
  const { staff: t } = useTranslations();
  const [isAdding, setAdding] = useState(false);
  const list = usePagedList('staff', useSearch(), (query) =>
    unwrap(api.GET('/admin/api/admins', { params: { query } })),
  );
  return (
    <ListPage
      title={t.title}
      searchHint={t.searchHint}
      empty={t.empty}
      action={<AddButton text={t.add} onClick={() => setAdding(true)} />}
      list={list}
      columns={useColumns()}
      rowKey={({ id }) => id}
    >
      {isAdding && <NewStaffDialog onClose={() => setAdding(false)} />}
    </ListPage>
  );
}

function useColumns(): RecordColumn<StaffAccount>[] {
  const { common, staff: t } = useTranslations();
  const me = useStaff();
  return [
    {
      key: 'username',
      title: t.username,
      render: ({ id, username }) => (
        <>
          <span className="breakable">{username}</span> {id === me.id && <Label tone="plain">{t.you}</Label>}
        </>
      ),
    },
    {
      key: 'disabled',
      title: common.status,
      render: ({ disabled }) => <Label tone={disabled ? 'bad' : 'good'}>{disabled ? t.disabled : t.active}</Label>,
    },
    { key: 'createdAt', title: t.createdAt, render: ({ createdAt }) => <Instant at={createdAt} /> },
    { key: 'actions', title: common.actions, render: (account) => <StaffActions account={account} /> },
  ];
}

/** Creates an account. */
function NewStaffDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTranslations();
  const { common, staff } = t;
  return (
    <FormDialog<Schemas['NewStaffBody']>
      title={staff.add}
      okText={common.save}
      initialValues={{ role: 'OPERATOR' }}
      request={(body) => unwrap(api.POST('/admin/api/admins', { body }))}
      successText={common.saved}
      onClose={onClose}
    >
      <Form.Item
        name="username"
        label={staff.username}
        rules={[{ required: true, pattern: /^[\p{L}\p{N}._@+-]{1,64}$/u, message: staff.nameRule }]}
      >
        <Input autoComplete="off" autoFocus maxLength={64} />
      </Form.Item>
      <NewPasswordField label={staff.password} />
      <Form.Item name="role" label={staff.role}>
        <Radio.Group options={roleOptions(t)} />
      </Form.Item>
    </FormDialog>
  );
}
