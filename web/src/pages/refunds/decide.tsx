import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, api } from '../../api/client.js';
import { useMay } from '../../auth/session.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import { AbandonDialog } from './abandon-dialog.js';
import { ApproveDialog } from './approve-dialog.js';
import type { RefundCase } from './case.js';
import { RejectDialog } from './reject-dialog.js';
import { useKeys } from './use-keys.js';

/** The buttons and keys of a decision, for those who may decide. */
export function Decide({ refund }: { refund: RefundCase }): ReactNode {
  const may = useMay();
  if (!may('OPERATOR')) return null;
  if (refund.status === 'REQUESTED') return <Decision refund={refund} />;
  if (refund.status === 'FAILED') return <OtherWay refund={refund} />;
  const mayRetry = refund.status === 'ABNORMAL' || refund.status === 'PROCESSING';
  return mayRetry ? <Retry refund={refund} /> : null;
}

function Decision({ refund }: { refund: RefundCase }): ReactNode {
  const { refunds: words } = useWords();
  const [dialog, setDialog] = useState<'approve' | 'reject' | null>(null);
  const close = (): void => setDialog(null);
  useKeys({ a: () => setDialog('approve'), r: () => setDialog('reject') });
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
function OtherWay({ refund: { orderNo, amountFen } }: { refund: RefundCase }): ReactNode {
  const { refunds: words } = useWords();
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
function Retry({ refund }: { refund: RefundCase }): ReactNode {
  const { refundNo, status, wechatRefundId } = refund;
  const { refunds: words } = useWords();
  const { message } = App.useApp();
  const [isAbandoning, setAbandoning] = useState(false);
  const { run, isRunning } = useAction({
    work: () => answered(api.POST('/admin/api/refunds/{refundNo}/retry', { params: { path: { refundNo } } })),
    then: () => void message.success(words.retried),
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
