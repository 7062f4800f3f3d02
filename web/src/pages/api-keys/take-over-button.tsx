import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { ApiKey } from './api-keys-page.js';

/** Makes the reader answer for a key whose account is disabled or no longer an administrator. */
export function TakeOverButton({ apiKey: { id, name } }: { apiKey: ApiKey }): ReactNode {
  const { common, apiKeys: words } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/api-keys/{id}/take-over', { params: { path: { id } } })),
    onSuccess: () => void message.success(words.takenOver),
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
