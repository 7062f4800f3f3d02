import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../api/client.js';
import { FormDialog } from '../components/form-dialog.js';
import { useAction } from '../hooks/use-action.js';
import { useTranslations } from '../i18n/language-provider.js';

interface Passwords {
  oldPassword: string;
  newPassword: string;
}

/** Changes the password of the logged-in user. */
export function PasswordDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { common, login, staff } = useTranslations();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const { run, isRunning } = useAction({
    form,
    request: (body: Passwords) => unwrap(api.POST('/admin/api/auth/password', { body })),
    onSuccess: () => {
      void message.success(login.passwordChanged);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={login.changePassword}
      okText={common.save}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Form.Item name="oldPassword" label={login.oldPassword} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" autoFocus maxLength={128} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label={login.newPassword}
        rules={[{ required: true, min: 8, max: 128, message: staff.passwordRule }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
    </FormDialog>
  );
}
