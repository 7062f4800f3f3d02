import type { ReactNode } from 'react';
import { formatYuan } from '../../utils/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRecord } from './order-details.js';

type Payment = OrderRecord['payments'][number];

/** What becomes of money that came too late or twice: red only when a person must act, so that it is not refunded again. */
export function RefundDue({ payment }: { payment: Payment }): ReactNode {
  const { orders: words } = useTranslations();
  const { owedBackFen, refundDueState, refundDueLeftFen } = payment;
  switch (refundDueState) {
    case 'NONE':
      return null;
    case 'REFUNDED':
      return <p className="quiet">{words.refundDue.REFUNDED(formatYuan(owedBackFen))}</p>;
    case 'IN_PROGRESS':
      return <p className="quiet">{words.refundDue.IN_PROGRESS(formatYuan(owedBackFen))}</p>;
    case 'NEEDS_ATTENTION':
      return <p className="bad">{words.refundDue.NEEDS_ATTENTION(formatYuan(refundDueLeftFen))}</p>;
  }
}
