import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { unwrap, api } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { AbandonDialog } from './abandon-dialog.js';
import { ApproveDialog } from './approve-dialog.js';
import type { RefundRecord } from './refund-details.js';
import { RejectDialog } from './reject-dialog.js';
import { useShortcuts } from './use-shortcuts.js';

/** The action buttons and shortcuts for the refund's status, for operators. */
export function RefundActions({ refund }: { refund: RefundRecord }): ReactNode {
  const hasRole = useHasRole();
  if (!hasRole('OPERATOR')) return null;
  if (refund.status === 'REQUESTED') return <DecisionButtons refund={refund} />;
  if (refund.status === 'FAILED') return <NewRefundButton refund={refund} />;
  const canRetry = refund.status === 'ABNORMAL' || refund.status === 'PROCESSING';
  return canRetry ? <RetryButtons refund={refund} /> : null;
}

function DecisionButtons({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const [dialog, setDialog] = useState<'approve' | 'reject' | null>(null);
  const close = (): void => setDialog(null);
  useShortcuts({ a: () => setDialog('approve'), r: () => setDialog('reject') });
  return (
    <div className="refund-actions">
      <Button type="primary" size="large" onClick={() => setDialog('approve')}>
        {t.approveKey}
      </Button>
      <Button danger size="large" onClick={() => setDialog('reject')}>
        {t.rejectKey}
      </Button>
      {dialog === 'approve' && <ApproveDialog refund={refund} onClose={close} />}
      {dialog === 'reject' && <RejectDialog refund={refund} onClose={close} />}
    </div>
  );
}

/** WeChat declined the refund finally. Staff can issue another refund of the order. */
function NewRefundButton({ refund: { orderNo, amountFen } }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const navigate = useNavigate();
  return (
    <div className="refund-actions">
      <Button type="primary" size="large" onClick={() => void navigate(`/orders/${orderNo}?refundFen=${amountFen}`)}>
        {t.refundAnotherWay}
      </Button>
    </div>
  );
}

/** An ABNORMAL refund with a WeChat refund ID was accepted by WeChat and cannot be abandoned. */
function RetryButtons({ refund }: { refund: RefundRecord }): ReactNode {
  const { refundNo, status, wechatRefundId } = refund;
  const { refunds: t } = useTranslations();
  const { message } = App.useApp();
  const [isAbandoning, setAbandoning] = useState(false);
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/refunds/{refundNo}/retry', { params: { path: { refundNo } } })),
    onSuccess: () => void message.success(status === 'ABNORMAL' ? t.retriedToast : t.refreshedToast),
  });
  return (
    <div className="refund-actions">
      <Button size="large" loading={isRunning} onClick={() => run()}>
        {status === 'ABNORMAL' ? t.retry : t.refresh}
      </Button>
      {status === 'ABNORMAL' && wechatRefundId === null && (
        <Button danger size="large" onClick={() => setAbandoning(true)}>
          {t.abandon}
        </Button>
      )}
      {isAbandoning && <AbandonDialog refundNo={refundNo} onClose={() => setAbandoning(false)} />}
    </div>
  );
}
