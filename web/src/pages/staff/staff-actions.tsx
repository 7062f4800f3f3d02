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

/** What an administrator may do with one account. */
export function StaffActions({ account }: { account: Account }): ReactNode {
  const words = useTranslations();
  const { staff, common } = words;
  const { message } = App.useApp();
  const me = useStaff();
  const [isResetting, setResetting] = useState(false);
  const [asked, setAsked] = useState<Schemas['StaffChangeBody'] | null>(null);
  const { id, username, role, disabled } = account;
  const { run, isRunning } = useAction({
    request: (body: Schemas['StaffChangeBody']) =>
      unwrap(api.PATCH('/admin/api/admins/{id}', { params: { path: { id } }, body })),
    onSuccess: () => {
      setAsked(null);
      void message.success(staff.saved);
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
        title={staff.lowered}
        options={roleOptions(words)}
        disabled={isRunning}
        onChange={(chosen) => (isAdministrator && chosen !== 'ADMIN' ? setAsked : run)({ role: chosen })}
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
          onClick={() => setAsked({ disabled: true })}
        >
          {staff.disable}
        </Button>
      ) : (
        <Popconfirm
          title={staff.disableSure(username)}
          okText={common.confirm}
          cancelText={common.cancel}
          onConfirm={() => run({ disabled: true })}
        >
          <Button size="small" danger disabled={id === me.id} loading={isRunning}>
            {staff.disable}
          </Button>
        </Popconfirm>
      )}
      {asked && (
        <KeysDialog
          account={account}
          title={asked.disabled === true ? staff.disableSure(username) : staff.demoteTitle(username)}
          isRunning={isRunning}
          onChoose={(apiKeys) => run({ ...asked, apiKeys })}
          onClose={() => setAsked(null)}
        />
      )}
      {isResetting && <PasswordResetDialog account={account} onClose={() => setResetting(false)} />}
    </Space>
  );
}
