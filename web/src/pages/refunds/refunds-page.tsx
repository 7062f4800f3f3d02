import { Button, Empty } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Schemas } from '../../api/client.js';
import { type BatchAction, BatchDialog } from './list/batch-dialog.js';
import { RefundDetails } from './details/refund-details.js';
import { RefundList } from './list/refund-list.js';
import { useShortcuts } from './use-shortcuts.js';
import { useRefundList } from './list/use-refund-list.js';

interface Batch {
  action: BatchAction;
  /** Copied when the dialog opens, because the list behind it refreshes. */
  refunds: Schemas['AdminRefundView'][];
}

/** The list on the left, one refund on the right. On a phone, one at a time. */
export default function RefundsPage(): ReactNode {
  const { refunds: t } = useTranslations();
  const { refundNo } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = useRefundList();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [batch, setBatch] = useState<Batch | null>(null);
  const chosen = state.list.rows.filter((row) => row.status === 'REQUESTED' && selected.has(row.refundNo));
  const open = (no: string): void => void navigate(`/refunds/${no}${search}`);
  const step = (by: 1 | -1): void => {
    const at = state.list.rows.findIndex((row) => row.refundNo === refundNo);
    const next = state.list.rows[at === -1 ? 0 : at + by];
    if (next) open(next.refundNo);
  };
  const endBatch = (isDone: boolean): void => {
    setBatch(null);
    if (isDone) setSelected(new Set());
  };
  useShortcuts({ j: () => step(1), k: () => step(-1) });
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="quiet keys-hint">{t.keys}</span>
      </div>
      <div className={refundNo === undefined ? 'refunds-layout' : 'refunds-layout detail-open'}>
        <RefundList state={state} openNo={refundNo} selected={selected} onSelect={setSelected}>
          {chosen.length > 0 && (
            <BatchBar count={chosen.length} onStart={(action) => setBatch({ action, refunds: chosen })} />
          )}
        </RefundList>
        <section className="refund-details" aria-label={t.details}>
          {refundNo === undefined ? (
            <Empty className="panel centred" description={t.chooseOne} />
          ) : (
            <RefundDetails key={refundNo} refundNo={refundNo} backTo={`/refunds${search}`} />
          )}
        </section>
      </div>
      {batch && <BatchDialog {...batch} onClose={endBatch} />}
    </>
  );
}

/** Actions for several selected refunds. */
function BatchBar({ count, onStart }: { count: number; onStart: (action: BatchAction) => void }): ReactNode {
  const { refunds: t } = useTranslations();
  return (
    <div className="batch" role="group" aria-label={t.selected(count)}>
      <span>{t.selected(count)}</span>
      <Button type="primary" size="small" onClick={() => onStart('approve')}>
        {t.batchApprove}
      </Button>
      <Button danger size="small" onClick={() => onStart('reject')}>
        {t.batchReject}
      </Button>
    </div>
  );
}
