import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../../api/client.js';
import { ReasonField } from '../../../components/form/fields.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';

/** True while the shop has the money of a refund, and the buyer waits for it. */
export function isToPayOtherwise({
  status,
  recipient,
  paidOtherwiseAt,
}: Pick<Schemas['RefundView'], 'status' | 'recipient' | 'paidOtherwiseAt'>): boolean {
  return status === 'SUCCEEDED' && recipient === 'MERCHANT' && paidOtherwiseAt === null;
}

/** Staff confirm, with a note, that they paid the buyer outside of WeChat's refund. */
export function PaidOtherwiseButton({ refundNo }: { refundNo: string }): ReactNode {
  const { refunds: t } = useTranslations();
  const [isOpen, setOpen] = useState(false);
  const params = { path: { refundNo } };
  return (
    <div className="refund-actions">
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t.paidOtherwise}
      </Button>
      {isOpen && (
        <FormDialog<{ note: string }>
          title={t.paidOtherwise}
          okText={t.confirmPaidOtherwise}
          request={(body) => unwrap(api.POST('/admin/api/refunds/{refundNo}/confirm-paid-otherwise', { params, body }))}
          successText={t.paidOtherwiseToast}
          onClose={() => setOpen(false)}
          notice={<p>{t.paidOtherwiseHint}</p>}
        >
          <ReasonField
            name="note"
            label={t.paidOtherwiseNote}
            needed={t.paidOtherwiseNoteRequired}
            maxLength={500}
            autoFocus
          />
        </FormDialog>
      )}
    </div>
  );
}
