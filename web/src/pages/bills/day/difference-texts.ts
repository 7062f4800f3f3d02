import type { BillDifference } from '../../../api/client.js';
import type { Translations } from '../../../i18n/zh.js';
import { lookUp } from '../../../utils/look-up.js';

/** What happened and what to do. A payment whose order is here is healed by the service, another one needs a person. */
export function meaningOf({ kind, entryType, orderNo }: BillDifference, { bills: { meanings } }: Translations): string {
  if (kind === 'MISSING_HERE' && orderNo !== null) return meanings.MISSING_HERE_OF_ORDER;
  if (kind === 'MISSING_THERE' && entryType === 'REFUND') return meanings.MISSING_THERE_REFUND;
  return meanings[kind];
}

interface AmountNames {
  ours: string;
  theirs: string;
}

/** What the two amounts of a difference are: amounts, fees or balances. */
export function amountNamesOf({ kind }: Pick<BillDifference, 'kind'>, { bills: t }: Translations): AmountNames {
  if (kind === 'FEE') return { ours: t.expectedFee, theirs: t.theirFee };
  if (kind === 'FUND_FLOW') return { ours: t.expectedClosing, theirs: t.theirClosing };
  return { ours: t.oursFen, theirs: t.theirsFen };
}

/** The state of a payment or refund as text; null stays null. */
export function stateText(
  { entryType }: Pick<BillDifference, 'entryType'>,
  state: string | null,
  { bills, refunds }: Translations,
): string | null {
  if (state === null) return null;
  const table: Readonly<Record<string, string>> = entryType === 'REFUND' ? refunds.states : bills.paymentStates;
  return lookUp(table, state) ?? state;
}

/** The refund's own number if our records have it, so that it has a page. */
export function ownRefundNo({
  entryType,
  outRefundNo,
  orderNo,
  resolution,
}: Pick<BillDifference, 'entryType' | 'outRefundNo' | 'orderNo' | 'resolution'>): string | null {
  const isOurs = orderNo !== null || resolution === 'REFUND_IMPORTED' || resolution === 'RECORDED_MEANWHILE';
  return entryType === 'REFUND' && isOurs ? outRefundNo : null;
}
