import { App, Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { roleOptions } from './role-options.js';

type NewStaff = Schemas['NewStaffBody'];

/** Creates an account. */
export function NewStaffDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTranslations();
  const { common, staff } = t;
  const { message } = App.useApp();
  const [form] = Form.useForm<NewStaff>();
  const { run, isRunning } = useAction({
    form,
    request: (body: NewStaff) => unwrap(api.POST('/admin/api/admins', { body })),
    onSuccess: () => {
      void message.success(staff.savedToast);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={staff.add}
      okText={common.save}
      initialValues={{ role: 'OPERATOR' }}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Form.Item
        name="username"
        label={staff.username}
        rules={[{ required: true, pattern: /^[\p{L}\p{N}._@+-]{1,64}$/u, message: staff.nameRule }]}
      >
        <Input autoComplete="off" autoFocus maxLength={64} />
      </Form.Item>
      <Form.Item
        name="password"
        label={staff.password}
        rules={[{ required: true, min: 8, max: 128, message: staff.passwordRule }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item name="role" label={staff.role}>
        <Radio.Group options={roleOptions(t)} />
      </Form.Item>
    </FormDialog>
  );
}
