import { App, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRecord } from './order-details.js';

/** Closes an order that awaits payment. */
export function CloseButton({ order: { orderNo, status } }: { order: OrderRecord }): ReactNode {
  const { common, orders: t } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/orders/{orderNo}/close', { params: { path: { orderNo } } })),
    onSuccess: () => void message.success(t.closedToast),
  });
  if (status !== 'PENDING') return null;
  return (
    <Popconfirm title={t.confirmClose} okText={t.close} cancelText={common.cancel} onConfirm={() => run()}>
      <Button danger loading={isRunning}>
        {t.close}
      </Button>
    </Popconfirm>
  );
}
