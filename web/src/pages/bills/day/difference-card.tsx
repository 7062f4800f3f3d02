import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { BillDifference } from '../../../api/client.js';
import { useHasRole } from '../../../auth/session.js';
import { breakable, copyable, DescriptionList, instant } from '../../../components/description-list.js';
import { Label, type LabelTone } from '../../../components/label.js';
import { Money } from '../../../components/values.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { amountNamesOf, meaningOf, ownRefundNo, stateText } from './difference-texts.js';

const TONES: Record<BillDifference['status'], LabelTone> = { OPEN: 'bad', RESOLVED: 'good', EXPLAINED: 'plain' };

interface DifferenceCardProps {
  difference: BillDifference;
  onExplain: () => void;
}

/** One difference: what it is, what to do, both sides, and how it ended. */
export function DifferenceCard({ difference, onExplain }: DifferenceCardProps): ReactNode {
  const translations = useTranslations();
  const { bills: t } = translations;
  const { kind, entryType, status } = difference;
  return (
    <>
      <div className="page-head difference-head">
        <h3>{`${t.kinds[kind]} · ${t.entryTypes[entryType]}`}</h3>
        <Label tone={TONES[status]}>{t.differenceStatuses[status]}</Label>
        <span className="grow" />
        <ExplainButton difference={difference} onExplain={onExplain} />
      </div>
      {status === 'OPEN' && <p className="difference">{meaningOf(difference, translations)}</p>}
      <DifferenceValues difference={difference} />
    </>
  );
}

function ExplainButton({ difference: { status, kind, ...numbers }, onExplain }: DifferenceCardProps): ReactNode {
  const { bills: t } = useTranslations();
  const hasRole = useHasRole();
  if (status === 'RESOLVED' || !hasRole('OPERATOR')) return null;
  const text = status === 'OPEN' ? t.explain : t.changeNote;
  const subject = numbers.outRefundNo ?? numbers.outTradeNo ?? t.kinds[kind];
  return (
    <Button size="small" aria-label={`${text}: ${subject}`} onClick={onExplain}>
      {text}
    </Button>
  );
}

function DifferenceValues({ difference }: { difference: BillDifference }): ReactNode {
  const translations = useTranslations();
  const { bills: t, refunds, orders } = translations;
  const { orderNo, outTradeNo, outRefundNo, transactionId, oursFen, theirsFen, resolution } = difference;
  const names = amountNamesOf(difference, translations);
  const refundNo = ownRefundNo(difference);
  return (
    <DescriptionList
      items={[
        [names.ours, oursFen !== null && <Money fen={oursFen} />],
        [names.theirs, theirsFen !== null && <Money fen={theirsFen} />],
        [t.ourState, stateText(difference, difference.ourState, translations)],
        [t.theirState, stateText(difference, difference.theirState, translations)],
        [orders.orderNo, orderNo !== null && <NumberLink to={`/orders/${orderNo}`} text={orderNo} />],
        [
          refunds.refundNo,
          refundNo === null ? (
            copyable(outRefundNo)
          ) : (
            <NumberLink to={`/refunds/${refundNo}?tab=ALL`} text={refundNo} />
          ),
        ],
        [refunds.outTradeNo, copyable(outTradeNo)],
        [refunds.transactionId, copyable(transactionId)],
        [t.at, instant(difference.at)],
        [t.resolution, resolution !== null && t.resolutions[resolution]],
        [t.note, breakable(difference.note)],
        [t.explainedBy, breakable(difference.explainedBy)],
        [t.endedAt, instant(difference.endedAt)],
      ]}
    />
  );
}

function NumberLink({ to, text }: { to: string; text: string }): ReactNode {
  return (
    <Link className="mono" to={to}>
      {text}
    </Link>
  );
}
