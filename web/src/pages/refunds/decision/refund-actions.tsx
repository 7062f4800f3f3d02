import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { unwrap, api, type RefundRecord } from '../../../api/client.js';
import { useHasRole } from '../../../auth/session.js';
import { ActionButton } from '../../../components/action-button.js';
import { ReasonField } from '../../../components/form/fields.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { useShortcuts } from '../use-shortcuts.js';
import { ApproveDialog } from './approve-dialog.js';
import { isToPayOtherwise, PaidOtherwiseButton } from './paid-otherwise.js';
import { RedirectDialog } from './redirect-dialog.js';

/** The action buttons and shortcuts for the refund's status, for operators. */
export function RefundActions({ refund }: { refund: RefundRecord }): ReactNode {
  const hasRole = useHasRole();
  if (!hasRole('OPERATOR')) return null;
  if (refund.status === 'REQUESTED') return <DecisionButtons refund={refund} />;
  if (isToPayOtherwise(refund)) return <PaidOtherwiseButton refundNo={refund.refundNo} />;
  if (refund.status === 'FAILED') return refund.errorCode === 'REPLACED' ? null : <NewRefundButton refund={refund} />;
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
      {dialog === 'reject' && <RejectDialog refundNo={refund.refundNo} onClose={close} />}
    </div>
  );
}

/**
 * WeChat finally refused the refund, or staff abandoned it: the buyer has no money, and staff can issue another refund of the
 * order. Not for a replaced refund, whose amount was refunded in the merchant platform.
 */
function NewRefundButton({ refund: { orderNo, outTradeNo, amountFen } }: { refund: RefundRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const navigate = useNavigate();
  const dialog = `/orders/${orderNo}?refundFen=${amountFen}&refundOutTradeNo=${outTradeNo}`;
  return (
    <div className="refund-actions">
      <Button type="primary" size="large" onClick={() => void navigate(dialog)}>
        {t.refundAnotherWay}
      </Button>
    </div>
  );
}

/** An ABNORMAL refund with a WeChat refund ID was accepted by WeChat and cannot be abandoned. */
function RetryButtons({ refund }: { refund: RefundRecord }): ReactNode {
  const { refundNo, status, wechatRefundId, canRedirect } = refund;
  const { refunds: t } = useTranslations();
  const [dialog, setDialog] = useState<'abandon' | 'redirect' | null>(null);
  const close = (): void => setDialog(null);
  const isAbnormal = status === 'ABNORMAL';
  const params = { path: { refundNo } };
  return (
    <div className="refund-actions">
      <ActionButton
        size="large"
        text={isAbnormal ? t.retry : t.refresh}
        request={() => unwrap(api.POST('/admin/api/refunds/{refundNo}/retry', { params }))}
        successText={isAbnormal ? t.retriedToast : t.refreshedToast}
      />
      {isAbnormal && wechatRefundId === null && (
        <Button danger size="large" onClick={() => setDialog('abandon')}>
          {t.abandon}
        </Button>
      )}
      {canRedirect && (
        <Button type="primary" size="large" onClick={() => setDialog('redirect')}>
          {t.redirect}
        </Button>
      )}
      {dialog === 'abandon' && <AbandonDialog refundNo={refundNo} onClose={close} />}
      {dialog === 'redirect' && <RedirectDialog refund={refund} onClose={close} />}
    </div>
  );
}

interface RefundDialogProps {
  refundNo: string;
  onClose: () => void;
}

/** Rejects a refund with a reason that is shown to the buyer. */
function RejectDialog({ refundNo, onClose }: RefundDialogProps): ReactNode {
  const { refunds: t } = useTranslations();
  const params = { path: { refundNo } };
  return (
    <FormDialog<{ reason: string }>
      title={t.rejectTitle}
      okText={t.confirmReject}
      isDanger
      request={(body) => unwrap(api.POST('/admin/api/refunds/{refundNo}/reject', { params, body }))}
      successText={t.rejectedToast}
      onClose={onClose}
    >
      <ReasonField label={t.rejectReason} needed={t.rejectReasonRequired} autoFocus />
    </FormDialog>
  );
}

/** Abandons a refund that WeChat does not have, with an internal note. */
function AbandonDialog({ refundNo, onClose }: RefundDialogProps): ReactNode {
  const { refunds: t } = useTranslations();
  const params = { path: { refundNo } };
  return (
    <FormDialog<{ note: string }>
      title={t.abandonTitle}
      okText={t.confirmAbandon}
      isDanger
      request={(body) => unwrap(api.POST('/admin/api/refunds/{refundNo}/abandon', { params, body }))}
      successText={t.abandonedToast}
      onClose={onClose}
      notice={<p>{t.abandonHint}</p>}
    >
      <ReasonField name="note" label={t.abandonNote} needed={t.abandonNoteRequired} maxLength={500} autoFocus />
    </FormDialog>
  );
}
