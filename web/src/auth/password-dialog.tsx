import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../api/client.js';
import { FormDialog } from '../shared/form-dialog.js';
import { useAction } from '../shared/use-action.js';
import { useWords } from '../words/words.js';

interface Passwords {
  oldPassword: string;
  newPassword: string;
}

/** Changes the password of whoever is logged in. */
export function PasswordDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { common, login, staff } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const { run, isRunning } = useAction({
    form,
    work: (body: Passwords) => answered(api.POST('/admin/api/auth/password', { body })),
    then: () => {
      void message.success(login.changed);
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
