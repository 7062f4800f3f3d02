import { Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas, type StaffAccount } from '../../api/client.js';
import { useStaff } from '../../auth/session.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';

type Choice = NonNullable<Schemas['StaffChangeBody']['apiKeys']>;

interface KeysDialogProps {
  account: StaffAccount;
  title: string;
  isRunning: boolean;
  onChoose: (choice: Choice) => void;
  onClose: () => void;
}

/** Asks whether to revoke or take over the API keys of an administrator who is disabled or demoted, because they may know them. */
export function KeysDialog({ account, title, isRunning, onChoose, onClose }: KeysDialogProps): ReactNode {
  const { common, staff: t } = useTranslations();
  const me = useStaff();
  const [choice, setChoice] = useState<Choice>('revoke');
  const list = usePagedList('api-keys', { responsibleId: account.id }, (query) =>
    unwrap(api.GET('/admin/api/api-keys', { params: { query } })),
  );
  const live = list.rows.filter(({ status }) => status === 'ACTIVE');
  return (
    <Modal
      open
      title={title}
      okText={common.confirm}
      cancelText={common.cancel}
      okButtonProps={{ danger: true }}
      confirmLoading={isRunning}
      onOk={() => onChoose(choice)}
      onCancel={onClose}
    >
      {live.length > 0 && (
        <>
          <p>{t.keysLeft(account.username)}</p>
          <ul>
            {live.map(({ id, name, prefix }) => (
              <li key={id} className="breakable">
                {name} <span className="mono quiet">{prefix}…</span>
              </li>
            ))}
          </ul>
          <Radio.Group
            value={choice}
            onChange={(event) => setChoice(event.target.value as Choice)}
            options={[
              { value: 'revoke', label: t.keysRevoke },
              { value: 'takeOver', label: t.keysTakeOver, disabled: account.id === me.id },
            ]}
          />
        </>
      )}
    </Modal>
  );
}
