import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { formatYuan } from '../utils/money.js';
import { fullTime } from '../utils/time.js';

/** An amount in fen, shown in yuan. */
export function Money({ fen, isBold = false }: { fen: number; isBold?: boolean }): ReactNode {
  return <span className="number">{isBold ? <strong>{formatYuan(fen)}</strong> : formatYuan(fen)}</span>;
}

/** A time in the browser's time zone, which the footer of every page names. */
export function Instant({ at }: { at: string | null }): ReactNode {
  if (at === null) return <Dash />;
  return (
    <time dateTime={at} className="number">
      {fullTime(at)}
    </time>
  );
}

/** A number with a copy button. */
export function CopyableText({ text }: { text: string }): ReactNode {
  const { common } = useTranslations();
  return (
    <Typography.Text className="mono" copyable={{ text, tooltips: [common.copy, common.copied], tabIndex: 0 }}>
      {text}
    </Typography.Text>
  );
}

/** In place of a missing value. */
export const Dash = (): ReactNode => <span className="quiet">–</span>;
