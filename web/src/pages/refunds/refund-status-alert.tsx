import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { describeErrorCode, wechatMessage } from '../../utils/error-code.js';
import { fullTime } from '../../utils/time.js';
import type { Translations } from '../../i18n/zh.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';

type Explanation = keyof Translations['refunds']['explanations'];

const TONES: Partial<Record<Explanation, 'warning' | 'error'>> = {
  ...{ NOT_ENOUGH_FUNDS: 'warning', UNKNOWN_OUTCOME: 'warning' },
  ...{ ABNORMAL: 'error', ABANDONED: 'warning', FAILED: 'error', NO_CLIENT_CERTIFICATE: 'error' },
};

/** Explains the status of a refund, what it means for the money, and what staff can do. */
export function RefundStatusAlert({ refund }: { refund: RefundRecord }): ReactNode {
  const all = useTranslations();
  const { refunds: t } = all;
  const about = explanationOf(refund);
  if (about === null) return null;
  const { sendCount, nextCheckAt, errorCode, errorMessage } = refund;
  const wechatText = wechatMessage(errorCode, errorMessage);
  const details = [
    sendCount > 0 && t.sendCount(sendCount),
    nextCheckAt !== null && t.nextCheck(fullTime(nextCheckAt)),
    errorCode !== null && describeErrorCode(errorCode, all),
    wechatText !== undefined && all.events.facts.errorMessage(wechatText),
  ].filter((text) => text !== false);
  return (
    <Alert
      className="gap-below"
      type={TONES[about] ?? 'info'}
      showIcon
      role="status"
      title={t.explanations[about]}
      description={
        details.length > 0 &&
        details.map((text) => (
          <div key={text} className="breakable">
            {text}
          </div>
        ))
      }
    />
  );
}

/** Missing, expired, not valid yet, another merchant's, or rejected by WeChat. */
function isAboutCertificate(errorCode: string | null): boolean {
  return errorCode?.includes('CLIENT_CERTIFICATE') === true;
}

function explanationOf({ status, waitReason, errorCode }: RefundRecord): Explanation | null {
  if (status === 'PROCESSING') return waitReason ?? 'PROCESSING';
  if (status === 'ABNORMAL') return isAboutCertificate(errorCode) ? 'NO_CLIENT_CERTIFICATE' : 'ABNORMAL';
  if (status !== 'FAILED') return null;
  return errorCode === 'ABANDONED' || errorCode === 'REPLACED' ? errorCode : 'FAILED';
}
