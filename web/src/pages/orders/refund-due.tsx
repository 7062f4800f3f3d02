import type { ReactNode } from 'react';
import { formatYuan } from '../../utils/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRecord } from './order-details.js';

type Payment = OrderRecord['payments'][number];

/** The refund of a late or duplicate payment. Red only when staff must act, so that it is not refunded twice. */
export function RefundDue({ payment }: { payment: Payment }): ReactNode {
  const { orders: t } = useTranslations();
  const { refundDueFen, refundDueState, refundDueLeftFen } = payment;
  switch (refundDueState) {
    case 'NONE':
      return null;
    case 'REFUNDED':
      return <p className="quiet">{t.refundDue.REFUNDED(formatYuan(refundDueFen))}</p>;
    case 'IN_PROGRESS':
      return <p className="quiet">{t.refundDue.IN_PROGRESS(formatYuan(refundDueFen))}</p>;
    case 'NEEDS_ATTENTION':
      return <p className="bad">{t.refundDue.NEEDS_ATTENTION(formatYuan(refundDueLeftFen))}</p>;
  }
}
