import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import type { Translations } from '../i18n/zh.js';
import { Label, type LabelTone } from './label.js';

const REFUND_STATUS_TONES: Record<keyof Translations['refunds']['states'], LabelTone> = {
  ...{ REQUESTED: 'wait', REJECTED: 'plain', CANCELLED: 'plain', PROCESSING: 'move' },
  ...{ SUCCEEDED: 'good', ABNORMAL: 'bad', FAILED: 'bad' },
};

interface RefundStatus {
  status: keyof Translations['refunds']['states'];
  waitReason: keyof Translations['refunds']['waitReasons'] | null;
}

/** The status of a refund and what it waits for. */
export function RefundStatusTag({ refund: { status, waitReason } }: { refund: RefundStatus }): ReactNode {
  const { refunds } = useTranslations();
  const isStuck = waitReason === 'UNKNOWN_OUTCOME' || waitReason === 'NOT_ENOUGH_FUNDS';
  return (
    <Label tone={isStuck ? 'warn' : REFUND_STATUS_TONES[status]}>
      {refunds.states[status]}
      {waitReason && ` · ${refunds.waitReasons[waitReason]}`}
    </Label>
  );
}

const ORDER_STATUS_TONES: Record<keyof Translations['orders']['statuses'], LabelTone> = {
  ...{ PENDING: 'wait', PAID: 'good', CLOSED: 'plain' },
};

export function OrderStatusTag({ status }: { status: keyof Translations['orders']['statuses'] }): ReactNode {
  return <Label tone={ORDER_STATUS_TONES[status]}>{useTranslations().orders.statuses[status]}</Label>;
}
