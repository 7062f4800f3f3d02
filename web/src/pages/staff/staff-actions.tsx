import { Button, Popconfirm, Select, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas, type StaffAccount } from '../../api/client.js';
import { type Role, useStaff } from '../../auth/session.js';
import { NewPasswordField } from '../../components/form/fields.js';
import { FormDialog } from '../../components/form/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Translations } from '../../i18n/zh.js';
import { KeysDialog } from './keys-dialog.js';

/** The roles as options. Each role includes the permissions of the ones before it. */
export function roleOptions(t: Translations): { value: Role; label: string }[] {
  return (['VIEWER', 'OPERATOR', 'ADMIN'] as const).map((value) => ({ value, label: t.roles[value] }));
}

/** Actions of an administrator on one account. */
export function StaffActions({ account }: { account: StaffAccount }): ReactNode {
  const t = useTranslations();
  const { staff, common } = t;
  const me = useStaff();
  const [isResetting, setResetting] = useState(false);
  const [pendingChange, setPendingChange] = useState<Schemas['StaffChangeBody'] | null>(null);
  const { id, username, role, disabled } = account;
  const { run, isRunning } = useAction({
    request: (body: Schemas['StaffChangeBody']) =>
      unwrap(api.PATCH('/admin/api/admins/{id}', { params: { path: { id } }, body })),
    successText: common.saved,
    onSuccess: () => setPendingChange(null),
  });
  const isAdministrator = role === 'ADMIN' && !disabled;
  return (
    <Space wrap>
      <Select
        size="small"
        className="role-select"
        value={role}
        aria-label={staff.roleOf(username)}
        title={staff.demoteHint}
        options={roleOptions(t)}
        disabled={isRunning}
        onChange={(chosen) => (isAdministrator && chosen !== 'ADMIN' ? setPendingChange : run)({ role: chosen })}
      />
      <Button size="small" onClick={() => setResetting(true)} aria-label={`${staff.reset}: ${username}`}>
        {staff.reset}
      </Button>
      {disabled ? (
        <Button size="small" loading={isRunning} onClick={() => run({ disabled: false })}>
          {staff.enable}
        </Button>
      ) : isAdministrator ? (
        <Button
          size="small"
          danger
          disabled={id === me.id}
          loading={isRunning}
          onClick={() => setPendingChange({ disabled: true })}
        >
          {staff.disable}
        </Button>
      ) : (
        <Popconfirm
          title={staff.confirmDisable(username)}
          okText={common.confirm}
          cancelText={common.cancel}
          onConfirm={() => run({ disabled: true })}
        >
          <Button size="small" danger disabled={id === me.id} loading={isRunning}>
            {staff.disable}
          </Button>
        </Popconfirm>
      )}
      {pendingChange && (
        <KeysDialog
          account={account}
          title={pendingChange.disabled === true ? staff.confirmDisable(username) : staff.demoteTitle(username)}
          isRunning={isRunning}
          onChoose={(apiKeys) => run({ ...pendingChange, apiKeys })}
          onClose={() => setPendingChange(null)}
        />
      )}
      {isResetting && <PasswordResetDialog account={account} onClose={() => setResetting(false)} />}
    </Space>
  );
}

/** Sets a new password for an account. */
function PasswordResetDialog({ account, onClose }: { account: StaffAccount; onClose: () => void }): ReactNode {
  const { common, staff: t } = useTranslations();
  const params = { path: { id: account.id } };
  return (
    <FormDialog<{ password: string }>
      title={t.resetTitle(account.username)}
      okText={common.save}
      request={(body) => unwrap(api.PATCH('/admin/api/admins/{id}', { params, body }))}
      successText={common.saved}
      onClose={onClose}
    >
      <NewPasswordField label={t.reset} extra={t.resetHint} autoFocus />
    </FormDialog>
  );
}
