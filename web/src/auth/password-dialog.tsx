import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../api/client.js';
import { NewPasswordField } from '../components/form/fields.js';
import { FormDialog } from '../components/form/form-dialog.js';
import { useTranslations } from '../i18n/language-provider.js';

/** Changes the password of the logged-in user. */
export function PasswordDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { common, login } = useTranslations();
  return (
    <FormDialog<{ oldPassword: string; newPassword: string }>
      title={login.changePassword}
      okText={common.save}
      request={(body) => unwrap(api.POST('/admin/api/auth/password', { body }))}
      successText={login.passwordChanged}
      onClose={onClose}
    >
      <Form.Item name="oldPassword" label={login.oldPassword} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" autoFocus maxLength={128} />
      </Form.Item>
      <NewPasswordField name="newPassword" label={login.newPassword} />
    </FormDialog>
  );
}
