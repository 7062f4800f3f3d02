import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { OrderRecord } from './order-detail.js';

/** Closes an order that waits for payment. */
export function CloseButton({ order: { orderNo, status } }: { order: OrderRecord }): ReactNode {
  const { common, orders: words } = useWords();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    work: () => answered(api.POST('/admin/api/orders/{orderNo}/close', { params: { path: { orderNo } } })),
    then: () => void message.success(words.closedNow),
  });
  if (status !== 'PENDING') return null;
  return (
    <Popconfirm title={words.closeSure} okText={words.close} cancelText={common.cancel} onConfirm={() => run()}>
      <Button danger loading={isRunning}>
        {words.close}
      </Button>
    </Popconfirm>
  );
}
