import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { ApiKey } from './api-keys-page.js';

/** Makes the user responsible for a key whose previous owner is disabled or no longer an administrator. */
export function TakeOverButton({ apiKey: { id, name } }: { apiKey: ApiKey }): ReactNode {
  const { common, apiKeys: t } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/api-keys/{id}/take-over', { params: { path: { id } } })),
    onSuccess: () => void message.success(t.takenOverToast),
  });
  return (
    <Popconfirm title={t.confirmTakeOver(name)} okText={t.takeOver} cancelText={common.cancel} onConfirm={() => run()}>
      <Button size="small" loading={isRunning} aria-label={`${t.takeOver}: ${name}`}>
        {t.takeOver}
      </Button>
    </Popconfirm>
  );
}
