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

/** The buttons and keys of a decision, for those who may decide. */
export function RefundActions({ refund }: { refund: RefundRecord }): ReactNode {
  const may = useHasRole();
  if (!may('OPERATOR')) return null;
  if (refund.status === 'REQUESTED') return <DecisionButtons refund={refund} />;
  if (refund.status === 'FAILED') return <NewRefundButton refund={refund} />;
  const mayRetry = refund.status === 'ABNORMAL' || refund.status === 'PROCESSING';
  return mayRetry ? <RetryButtons refund={refund} /> : null;
}

function DecisionButtons({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: words } = useTranslations();
  const [dialog, setDialog] = useState<'approve' | 'reject' | null>(null);
  const close = (): void => setDialog(null);
  useShortcuts({ a: () => setDialog('approve'), r: () => setDialog('reject') });
  return (
    <div className="decide">
      <Button type="primary" size="large" onClick={() => setDialog('approve')}>
        {words.approveKey}
      </Button>
      <Button danger size="large" onClick={() => setDialog('reject')}>
        {words.rejectKey}
      </Button>
      {dialog === 'approve' && <ApproveDialog refund={refund} onClose={close} />}
      {dialog === 'reject' && <RejectDialog refund={refund} onClose={close} />}
    </div>
  );
}

/** WeChat has refused for good: another refund of the order takes its place. */
function NewRefundButton({ refund: { orderNo, amountFen } }: { refund: RefundRecord }): ReactNode {
  const { refunds: words } = useTranslations();
  const navigate = useNavigate();
  return (
    <div className="decide">
      <Button type="primary" size="large" onClick={() => void navigate(`/orders/${orderNo}?give=${amountFen}`)}>
        {words.otherWay}
      </Button>
    </div>
  );
}

/** An ABNORMAL refund that WeChat has accepted has its number there, and cannot be abandoned. */
function RetryButtons({ refund }: { refund: RefundRecord }): ReactNode {
  const { refundNo, status, wechatRefundId } = refund;
  const { refunds: words } = useTranslations();
  const { message } = App.useApp();
  const [isAbandoning, setAbandoning] = useState(false);
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/refunds/{refundNo}/retry', { params: { path: { refundNo } } })),
    onSuccess: () => void message.success(words.retried),
  });
  return (
    <div className="decide">
      <Button size="large" loading={isRunning} onClick={() => run()}>
        {words.retry}
      </Button>
      {status === 'ABNORMAL' && wechatRefundId === null && (
        <Button danger size="large" onClick={() => setAbandoning(true)}>
          {words.abandon}
        </Button>
      )}
      {isAbandoning && <AbandonDialog refundNo={refundNo} onClose={() => setAbandoning(false)} />}
    </div>
  );
}
