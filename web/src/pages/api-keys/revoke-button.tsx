import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { ApiKey } from './api-keys-page.js';

/** Revokes a key. Shows a dash for a key that is not active. */
export function RevokeButton({ apiKey: { id, name, status } }: { apiKey: ApiKey }): ReactNode {
  const { common, apiKeys: t } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/api-keys/{id}/revoke', { params: { path: { id } } })),
    onSuccess: () => void message.success(t.revokedToast),
  });
  if (status !== 'ACTIVE') return <span className="quiet">–</span>;
  return (
    <Popconfirm
      title={t.confirmRevoke(name)}
      okText={t.revoke}
      cancelText={common.cancel}
      okButtonProps={{ danger: true }}
      onConfirm={() => run()}
    >
      <Button size="small" danger loading={isRunning} aria-label={`${t.revoke}: ${name}`}>
        {t.revoke}
      </Button>
    </Popconfirm>
  );
}
