import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { Instant } from '../../components/status-tags.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRecord } from './order-details.js';

/** Who placed the order, whether they are blocked, and the button that changes it. */
export function Buyer({ order: { userId, userBlockedAt } }: { order: OrderRecord }): ReactNode {
  const { orders: words } = useTranslations();
  const may = useHasRole();
  return (
    <>
      <span className="mono">{userId}</span>{' '}
      {userBlockedAt !== null && (
        <span className="bad">
          {words.blockedSince} <Instant at={userBlockedAt} />{' '}
        </span>
      )}
      {may('OPERATOR') && <BlockButton userId={userId} isBlocked={userBlockedAt !== null} />}
    </>
  );
}

function BlockButton({ userId, isBlocked }: { userId: string; isBlocked: boolean }): ReactNode {
  const { common, orders: words } = useTranslations();
  const { message } = App.useApp();
  const params = { params: { path: { id: userId } } };
  const { run, isRunning } = useAction({
    request: () =>
      isBlocked
        ? unwrap(api.POST('/admin/api/users/{id}/unblock', params))
        : unwrap(api.POST('/admin/api/users/{id}/block', params)),
    onSuccess: () => void message.success(isBlocked ? words.unblocked : words.blocked),
  });
  const label = isBlocked ? words.unblock : words.block;
  return (
    <Popconfirm
      title={isBlocked ? words.unblockSure : words.blockSure}
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
