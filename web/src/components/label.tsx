import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import type { Translations } from '../i18n/zh.js';

/**
 * The meaning of a label, which selects its colour: `wait`: waits for a person (yellow); `progress`: the service or WeChat is
 * working on it (blue); `good`: finished as intended, or active (green); `warn`: delayed by a problem
 * (orange); `bad`: failed, or not usable (red); `plain`: final or only informative (grey); `test`: the simulator instead of
 * WeChat (violet).
 */
export type LabelTone = 'wait' | 'progress' | 'good' | 'warn' | 'bad' | 'plain' | 'test';

/** A short status on a coloured background. Each tone has a contrast of at least 4.5 : 1, unlike antd's tags. */
export function Label({ tone, children }: { tone: LabelTone; children: ReactNode }): ReactNode {
  return <span className={`label label-${tone}`}>{children}</span>;
}

const REFUND_STATUS_TONES: Record<keyof Translations['refunds']['states'], LabelTone> = {
  REQUESTED: 'wait',
  REJECTED: 'plain',
  CANCELLED: 'plain',
  PROCESSING: 'progress',
  SUCCEEDED: 'good',
  ABNORMAL: 'bad',
  FAILED: 'bad',
};

interface TaggedRefund {
  status: keyof Translations['refunds']['states'];
  waitReason: keyof Translations['refunds']['waitReasons'] | null;
  recipient: keyof Translations['refunds']['recipients'];
  paidOtherwiseAt: string | null;
}

/** The status of a refund, what it waits for, and that its money went to the shop. */
export function RefundStatusTag({ refund }: { refund: TaggedRefund }): ReactNode {
  const { status, waitReason, recipient, paidOtherwiseAt } = refund;
  const { refunds } = useTranslations();
  const isReturned = status === 'SUCCEEDED' && recipient === 'MERCHANT';
  const mustPay = isReturned && paidOtherwiseAt === null;
  const isDelayed = waitReason === 'UNKNOWN_OUTCOME' || waitReason === 'NOT_ENOUGH_FUNDS' || mustPay;
  return (
    <Label tone={isDelayed ? 'warn' : REFUND_STATUS_TONES[status]}>
      {refunds.states[status]}
      {waitReason && ` · ${refunds.waitReasons[waitReason]}`}
      {isReturned && ` · ${refunds.recipients[recipient]}`}
    </Label>
  );
}

const ORDER_STATUS_TONES: Record<keyof Translations['orders']['statuses'], LabelTone> = {
  PENDING: 'wait',
  PAID: 'good',
  CLOSED: 'plain',
};

export function OrderStatusTag({ status }: { status: keyof Translations['orders']['statuses'] }): ReactNode {
  return <Label tone={ORDER_STATUS_TONES[status]}>{useTranslations().orders.statuses[status]}</Label>;
}

/** Marks a payment order of the merchant's own system. */
export function ExternalOrderTag(): ReactNode {
  const { orders: t } = useTranslations();
  return (
    <span title={t.externalHint}>
      {' '}
      <Label tone="plain">{t.external}</Label>
    </span>
  );
}
