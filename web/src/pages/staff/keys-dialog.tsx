import { Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { useStaff } from '../../auth/session.js';
import { usePages } from '../../shared/use-pages.js';
import { useWords } from '../../words/words.js';
import type { Account } from './staff-page.js';

type Choice = NonNullable<Schemas['StaffChangeBody']['apiKeys']>;

interface KeysDialogProps {
  account: Account;
  title: string;
  isRunning: boolean;
  onChoose: (choice: Choice) => void;
  onClose: () => void;
}

/** Asks what becomes of the API keys of an administrator who is disabled or demoted: this person may know them. */
export function KeysDialog({ account, title, isRunning, onChoose, onClose }: KeysDialogProps): ReactNode {
  const { common, staff: words } = useWords();
  const me = useStaff();
  const [choice, setChoice] = useState<Choice>('revoke');
  const list = usePages(['api-keys', account.id], (page) =>
    answered(api.GET('/admin/api/api-keys', { params: { query: { ...page, responsibleId: account.id } } })),
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
          <p>{words.keysLeft(account.username)}</p>
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
              { value: 'revoke', label: words.keysRevoke },
              { value: 'takeOver', label: words.keysTakeOver, disabled: account.id === me.id },
            ]}
          />
        </>
      )}
    </Modal>
  );
}
