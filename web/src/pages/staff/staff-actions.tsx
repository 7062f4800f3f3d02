import { App, Button, Popconfirm, Select, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useStaff } from '../../auth/session.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { KeysDialog } from './keys-dialog.js';
import { PasswordResetDialog } from './password-reset-dialog.js';
import { roleOptions } from './role-options.js';
import type { Account } from './staff-page.js';

/** Actions of an administrator on one account. */
export function StaffActions({ account }: { account: Account }): ReactNode {
  const t = useTranslations();
  const { staff, common } = t;
  const { message } = App.useApp();
  const me = useStaff();
  const [isResetting, setResetting] = useState(false);
  const [pendingChange, setPendingChange] = useState<Schemas['StaffChangeBody'] | null>(null);
  const { id, username, role, disabled } = account;
  const { run, isRunning } = useAction({
    request: (body: Schemas['StaffChangeBody']) =>
      unwrap(api.PATCH('/admin/api/admins/{id}', { params: { path: { id } }, body })),
    onSuccess: () => {
      setPendingChange(null);
      void message.success(staff.savedToast);
    },
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
