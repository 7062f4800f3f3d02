import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import type { Words } from '../words/zh.js';
import { yuan } from '../money.js';
import { Label, type LabelTone } from './label.js';
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

const REFUND_TONES: Record<keyof Words['refunds']['states'], LabelTone> = {
  ...{ REQUESTED: 'wait', REJECTED: 'plain', CANCELLED: 'plain', PROCESSING: 'move' },
  ...{ SUCCEEDED: 'good', ABNORMAL: 'bad', FAILED: 'bad' },
};

interface RefundGist {
  status: keyof Words['refunds']['states'];
  waitReason: keyof Words['refunds']['waits'] | null;
}

/** What a refund is doing, and what it waits for. */
export function RefundTag({ refund: { status, waitReason } }: { refund: RefundGist }): ReactNode {
  const { refunds } = useWords();
  const isStuck = waitReason === 'UNKNOWN_OUTCOME' || waitReason === 'NOT_ENOUGH_FUNDS';
  return (
    <Label tone={isStuck ? 'warn' : REFUND_TONES[status]}>
      {refunds.states[status]}
      {waitReason && ` · ${refunds.waits[waitReason]}`}
    </Label>
  );
}

const ORDER_TONES: Record<keyof Words['orders']['statuses'], LabelTone> = {
  ...{ PENDING: 'wait', PAID: 'good', CLOSED: 'plain' },
};

export function OrderTag({ status }: { status: keyof Words['orders']['statuses'] }): ReactNode {
  return <Label tone={ORDER_TONES[status]}>{useWords().orders.statuses[status]}</Label>;
}

/** How long something has taken, in the one unit that tells most. */
export function useDuration(): (seconds: number) => string {
  const { common } = useWords();
  return (seconds) => {
    if (seconds > 0 && seconds < 1) return common.milliseconds(Math.round(seconds * 1000));
    if (seconds < 60) return common.seconds(Math.max(0, Math.floor(seconds)));
    if (seconds < 3600) return common.minutes(Math.floor(seconds / 60));
    if (seconds < 2 * 86_400) return common.hours(Math.floor(seconds / 3600));
    return common.days(Math.floor(seconds / 86_400));
  };
}
