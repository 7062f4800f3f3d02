import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { ApiKey } from './api-keys-page.js';

/** Ends a key; nothing for one that has ended. */
export function RevokeButton({ apiKey: { id, name, status } }: { apiKey: ApiKey }): ReactNode {
  const { common, apiKeys: words } = useWords();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    work: () => answered(api.POST('/admin/api/api-keys/{id}/revoke', { params: { path: { id } } })),
    then: () => void message.success(words.revoked),
  });
  if (status !== 'ACTIVE') return <span className="quiet">–</span>;
  return (
    <Popconfirm
      title={words.revokeSure(name)}
      okText={words.revoke}
      cancelText={common.cancel}
      okButtonProps={{ danger: true }}
      onConfirm={() => run()}
    >
      <Button size="small" danger loading={isRunning} aria-label={`${words.revoke}: ${name}`}>
        {words.revoke}
      </Button>
    </Popconfirm>
  );
}
