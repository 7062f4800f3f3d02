import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { ApiKey } from './api-keys-page.js';

/** Makes the reader answer for a key whose account is disabled or no longer an administrator. */
export function TakeOverButton({ apiKey: { id, name } }: { apiKey: ApiKey }): ReactNode {
  const { common, apiKeys: words } = useWords();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    work: () => answered(api.POST('/admin/api/api-keys/{id}/take-over', { params: { path: { id } } })),
    then: () => void message.success(words.takenOver),
  });
  return (
    <Popconfirm
      title={words.takeOverSure(name)}
      okText={words.takeOver}
      cancelText={common.cancel}
      onConfirm={() => run()}
    >
      <Button size="small" loading={isRunning} aria-label={`${words.takeOver}: ${name}`}>
        {words.takeOver}
      </Button>
    </Popconfirm>
  );
}
