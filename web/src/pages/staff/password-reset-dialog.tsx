import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Account } from './staff-page.js';

/** Sets a new password for an account. */
export function PasswordResetDialog({ account, onClose }: { account: Account; onClose: () => void }): ReactNode {
  const { common, staff: t } = useTranslations();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const { run, isRunning } = useAction({
    form,
    request: (body: { password: string }) =>
      unwrap(api.PATCH('/admin/api/admins/{id}', { params: { path: { id: account.id } }, body })),
    onSuccess: () => {
      void message.success(t.savedToast);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={t.resetTitle(account.username)}
      okText={common.save}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Form.Item
        name="password"
        label={t.reset}
        extra={t.resetHint}
        rules={[{ required: true, min: 8, max: 128, message: t.passwordRule }]}
      >
        <Input.Password autoComplete="new-password" autoFocus maxLength={128} />
      </Form.Item>
    </FormDialog>
  );
}
