import { Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import type { Words } from '../words/zh.js';
import { yuan } from '../money.js';
import { fullTime } from './time.js';

export function Money({ fen, isBold = false }: { fen: number; isBold?: boolean }): ReactNode {
  return <span className="number">{isBold ? <strong>{yuan(fen)}</strong> : yuan(fen)}</span>;
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
export function Numeral({ text }: { text: string | null }): ReactNode {
  const { common } = useWords();
  if (text === null) return <span className="quiet">–</span>;
  return (
    <Typography.Text className="mono" copyable={{ text, tooltips: [common.copy, common.copied], tabIndex: 0 }}>
      {text}
    </Typography.Text>
  );
}

const REFUND_COLORS: Record<keyof Words['refunds']['states'], string> = {
  ...{ REQUESTED: 'gold', REJECTED: 'default', CANCELLED: 'default', PROCESSING: 'blue' },
  ...{ SUCCEEDED: 'green', ABNORMAL: 'red', FAILED: 'volcano' },
};

interface RefundGist {
  status: keyof Words['refunds']['states'];
  waitReason: keyof Words['refunds']['waits'] | null;
}

/** What a refund is doing, and what it waits for. */
export function RefundTag({ refund: { status, waitReason } }: { refund: RefundGist }): ReactNode {
  const { refunds } = useWords();
  const color =
    waitReason === 'UNKNOWN_OUTCOME' || waitReason === 'NOT_ENOUGH_FUNDS' ? 'orange' : REFUND_COLORS[status];
  return (
    <Tag color={color}>
      {refunds.states[status]}
      {waitReason && ` · ${refunds.waits[waitReason]}`}
    </Tag>
  );
}

const ORDER_COLORS: Record<keyof Words['orders']['statuses'], string> = {
  ...{ PENDING: 'gold', PAID: 'green', CLOSED: 'default' },
};

export function OrderTag({ status }: { status: keyof Words['orders']['statuses'] }): ReactNode {
  return <Tag color={ORDER_COLORS[status]}>{useWords().orders.statuses[status]}</Tag>;
}

/** How long something has taken, in the one unit that tells most. */
export function useDuration(): (seconds: number) => string {
  const { common } = useWords();
  return (seconds) => {
    if (seconds < 60) return common.seconds(Math.max(0, Math.floor(seconds)));
    if (seconds < 3600) return common.minutes(Math.floor(seconds / 60));
    if (seconds < 2 * 86_400) return common.hours(Math.floor(seconds / 3600));
    return common.days(Math.floor(seconds / 86_400));
  };
}
