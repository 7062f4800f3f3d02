import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { describeErrorCode, wechatMessage } from '../../utils/error-code.js';
import { fullTime } from '../../utils/time.js';
import type { Translations } from '../../i18n/zh.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';

type Explanation = keyof Translations['refunds']['explain'];

const TONES: Partial<Record<Explanation, 'warning' | 'error'>> = {
  ...{ NOT_ENOUGH_FUNDS: 'warning', UNKNOWN_OUTCOME: 'warning' },
  ...{ ABNORMAL: 'error', ABANDONED: 'warning', FAILED: 'error', NO_CLIENT_CERTIFICATE: 'error' },
};

/** Says in words what a refund is doing, what that means for the money, and what a person can do about it. */
export function RefundStatusAlert({ refund }: { refund: RefundRecord }): ReactNode {
  const all = useTranslations();
  const { refunds: words } = all;
  const about = explanationOf(refund);
  if (about === null) return null;
  const { sendCount, nextCheckAt, errorCode, errorMessage } = refund;
  const saidByWechat = wechatMessage(errorCode, errorMessage);
  const details = [
    sendCount > 0 && words.send(sendCount),
    nextCheckAt !== null && words.next(fullTime(nextCheckAt)),
    errorCode !== null && describeErrorCode(errorCode, all),
    saidByWechat !== undefined && all.events.facts.errorMessage(saidByWechat),
  ].filter((text) => text !== false);
  return (
    <Alert
      className="gap-below"
      type={TONES[about] ?? 'info'}
      showIcon
      role="status"
      title={words.explain[about]}
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

/** Missing, expired, not valid yet, another merchant's, or refused by WeChat. */
function isAboutCertificate(errorCode: string | null): boolean {
  return errorCode?.includes('CLIENT_CERTIFICATE') === true;
}

function explanationOf({ status, waitReason, errorCode }: RefundRecord): Explanation | null {
  if (status === 'PROCESSING') return waitReason ?? 'PROCESSING';
  if (status === 'ABNORMAL') return isAboutCertificate(errorCode) ? 'NO_CLIENT_CERTIFICATE' : 'ABNORMAL';
  if (status !== 'FAILED') return null;
  return errorCode === 'ABANDONED' || errorCode === 'REPLACED' ? errorCode : 'FAILED';
}
