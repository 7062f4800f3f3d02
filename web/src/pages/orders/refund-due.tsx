import type { ReactNode } from 'react';
import { yuan } from '../../money.js';
import { useWords } from '../../words/words.js';
import type { OrderRecord } from './order-detail.js';

type Payment = OrderRecord['payments'][number];

/** What becomes of money that came too late or twice: red only when a person must act, so that it is not refunded again. */
export function RefundDue({ payment }: { payment: Payment }): ReactNode {
  const { orders: words } = useWords();
  const { owedBackFen, refundDueState, refundDueLeftFen } = payment;
  switch (refundDueState) {
    case 'NONE':
      return null;
    case 'REFUNDED':
      return <p className="quiet">{words.refundDue.REFUNDED(yuan(owedBackFen))}</p>;
    case 'IN_PROGRESS':
      return <p className="quiet">{words.refundDue.IN_PROGRESS(yuan(owedBackFen))}</p>;
    case 'NEEDS_ATTENTION':
      return <p className="bad">{words.refundDue.NEEDS_ATTENTION(yuan(refundDueLeftFen))}</p>;
  }
}
