import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { Instant } from '../../components/instant.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRecord } from './order-details.js';

/** The buyer of the order, with the button to block or unblock them. */
export function Buyer({ order: { userId, userBlockedAt } }: { order: OrderRecord }): ReactNode {
  const { orders: t } = useTranslations();
  const hasRole = useHasRole();
  return (
    <>
      <span className="mono">{userId}</span>{' '}
      {userBlockedAt !== null && (
        <span className="bad">
          {t.blockedSince} <Instant at={userBlockedAt} />{' '}
        </span>
      )}
      {hasRole('OPERATOR') && <BlockButton userId={userId} isBlocked={userBlockedAt !== null} />}
    </>
  );
}

function BlockButton({ userId, isBlocked }: { userId: string; isBlocked: boolean }): ReactNode {
  const { common, orders: t } = useTranslations();
  const { message } = App.useApp();
  const params = { params: { path: { id: userId } } };
  const { run, isRunning } = useAction({
    request: () =>
      isBlocked
        ? unwrap(api.POST('/admin/api/users/{id}/unblock', params))
        : unwrap(api.POST('/admin/api/users/{id}/block', params)),
    onSuccess: () => void message.success(isBlocked ? t.unblockedToast : t.blockedToast),
  });
  const label = isBlocked ? t.unblock : t.block;
  return (
    <Popconfirm
      title={isBlocked ? t.confirmUnblock : t.confirmBlock}
      okText={label}
      cancelText={common.cancel}
      onConfirm={() => run()}
    >
      <Button size="small" danger={!isBlocked} loading={isRunning}>
        {label}
      </Button>
    </Popconfirm>
  );
}
