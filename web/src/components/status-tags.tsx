import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import type { Translations } from '../i18n/zh.js';
import { formatYuan } from '../utils/money.js';
import { Label, type LabelTone } from './label.js';
import { fullTime } from '../utils/time.js';

export function Money({ fen, isBold = false }: { fen: number; isBold?: boolean }): ReactNode {
  return <span className="number">{isBold ? <strong>{formatYuan(fen)}</strong> : formatYuan(fen)}</span>;
}

/** An instant in the zone that the foot of every page names. */
export function Instant({ at }: { at: string | null }): ReactNode {
  if (at === null) return <span className="quiet">–</span>;
  return (
    <time dateTime={at} className="number">
      {fullTime(at)}
    </time>
  );
}

/** A number that somebody will want to send to somebody else. */
export function CopyableText({ text }: { text: string | null }): ReactNode {
  const { common } = useTranslations();
  if (text === null) return <span className="quiet">–</span>;
  return (
    <Typography.Text className="mono" copyable={{ text, tooltips: [common.copy, common.copied], tabIndex: 0 }}>
      {text}
    </Typography.Text>
  );
}

const REFUND_STATUS_TONES: Record<keyof Translations['refunds']['states'], LabelTone> = {
  ...{ REQUESTED: 'wait', REJECTED: 'plain', CANCELLED: 'plain', PROCESSING: 'move' },
  ...{ SUCCEEDED: 'good', ABNORMAL: 'bad', FAILED: 'bad' },
};

interface RefundStatus {
  status: keyof Translations['refunds']['states'];
  waitReason: keyof Translations['refunds']['waits'] | null;
}

/** What a refund is doing, and what it waits for. */
export function RefundStatusTag({ refund: { status, waitReason } }: { refund: RefundStatus }): ReactNode {
  const { refunds } = useTranslations();
  const isStuck = waitReason === 'UNKNOWN_OUTCOME' || waitReason === 'NOT_ENOUGH_FUNDS';
  return (
    <Label tone={isStuck ? 'warn' : REFUND_STATUS_TONES[status]}>
      {refunds.states[status]}
      {waitReason && ` · ${refunds.waits[waitReason]}`}
    </Label>
  );
}

const ORDER_STATUS_TONES: Record<keyof Translations['orders']['statuses'], LabelTone> = {
  ...{ PENDING: 'wait', PAID: 'good', CLOSED: 'plain' },
};

export function OrderStatusTag({ status }: { status: keyof Translations['orders']['statuses'] }): ReactNode {
  return <Label tone={ORDER_STATUS_TONES[status]}>{useTranslations().orders.statuses[status]}</Label>;
}

/** How long something has taken, in the one unit that tells most. */
export function useDuration(): (seconds: number) => string {
  const { common } = useTranslations();
  return (seconds) => {
    if (seconds > 0 && seconds < 1) return common.milliseconds(Math.round(seconds * 1000));
    if (seconds < 60) return common.seconds(Math.max(0, Math.floor(seconds)));
    if (seconds < 3600) return common.minutes(Math.floor(seconds / 60));
    if (seconds < 2 * 86_400) return common.hours(Math.floor(seconds / 3600));
    return common.days(Math.floor(seconds / 86_400));
  };
}
