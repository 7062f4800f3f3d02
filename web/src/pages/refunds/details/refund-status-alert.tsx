import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { describeErrorCode, wechatMessage } from '../../../utils/error-code.js';
import { fullTime } from '../../../utils/time.js';
import type { Translations } from '../../../i18n/zh.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import type { RefundRecord } from '../../../api/client.js';
import { isToPayOtherwise } from '../decision/paid-otherwise.js';

type Explanation = keyof Translations['refunds']['explanations'];

const TONES: Partial<Record<Explanation, 'warning' | 'error'>> = {
  NOT_ENOUGH_FUNDS: 'warning',
  UNKNOWN_OUTCOME: 'warning',
  ABNORMAL: 'error',
  ABANDONED: 'warning',
  FAILED: 'error',
  NO_CLIENT_CERTIFICATE: 'error',
  REDIRECTED_TO_MERCHANT: 'warning',
  TO_PAY_OTHERWISE: 'error',
};

/** Explains the status of a refund, what it means for the money, and what staff can do. */
export function RefundStatusAlert({ refund }: { refund: RefundRecord }): ReactNode {
  const all = useTranslations();
  const { refunds: t } = all;
  const about = explanationOf(refund);
  if (about === null) return null;
  const details = isMerchantPaid(refund) ? paidOtherwiseDetails(refund) : progressDetails(refund, all);
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

function isMerchantPaid({ status, recipient }: RefundRecord): boolean {
  return status === 'SUCCEEDED' && recipient === 'MERCHANT';
}

function paidOtherwiseDetails({ paidOtherwiseAt, paidOtherwiseNote }: RefundRecord): string[] {
  return paidOtherwiseAt === null ? [] : [`${fullTime(paidOtherwiseAt)} · ${paidOtherwiseNote ?? ''}`];
}

function progressDetails(refund: RefundRecord, all: Translations): string[] {
  const { refunds: t } = all;
  const { sendCount, nextCheckAt, errorCode, errorMessage, errorText } = refund;
  const wechatText = wechatMessage(errorText, errorMessage);
  return [
    sendCount > 0 && t.sendCount(sendCount),
    nextCheckAt !== null && t.nextCheck(fullTime(nextCheckAt)),
    errorCode !== null && describeErrorCode(errorCode, errorText, all),
    wechatText !== undefined && all.events.details.errorMessage(wechatText),
  ].filter((text) => text !== false);
}

/** Missing, expired, not valid yet, another merchant's, or refused by WeChat. */
function isAboutCertificate(errorCode: string | null): boolean {
  return errorCode?.includes('CLIENT_CERTIFICATE') === true;
}

function explanationOf(refund: RefundRecord): Explanation | null {
  const { status, waitReason, errorCode, redirectTo } = refund;
  if (isMerchantPaid(refund)) return isToPayOtherwise(refund) ? 'TO_PAY_OTHERWISE' : 'PAID_OTHERWISE';
  if ((status === 'ABNORMAL' || status === 'PROCESSING') && redirectTo !== null)
    return redirectTo === 'MERCHANT' ? 'REDIRECTED_TO_MERCHANT' : 'REDIRECTED_TO_CARD';
  if (status === 'PROCESSING') return waitReason ?? 'PROCESSING';
  if (status === 'ABNORMAL') return isAboutCertificate(errorCode) ? 'NO_CLIENT_CERTIFICATE' : 'ABNORMAL';
  if (status !== 'FAILED') return null;
  return errorCode === 'ABANDONED' || errorCode === 'REPLACED' ? errorCode : 'FAILED';
}
