import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { useMay } from '../../auth/session.js';
import { Instant } from '../../shared/bits.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { OrderRecord } from './order-detail.js';

/** Who placed the order, whether they are blocked, and the button that changes it. */
export function Buyer({ order: { userId, userBlockedAt } }: { order: OrderRecord }): ReactNode {
  const { orders: words } = useWords();
  const may = useMay();
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
  const { common, orders: words } = useWords();
  const { message } = App.useApp();
  const params = { params: { path: { id: userId } } };
  const { run, isRunning } = useAction({
    work: () =>
      isBlocked
        ? answered(api.POST('/admin/api/users/{id}/unblock', params))
        : answered(api.POST('/admin/api/users/{id}/block', params)),
    then: () => void message.success(isBlocked ? words.unblocked : words.blocked),
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
