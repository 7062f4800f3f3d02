import { Empty } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Schemas } from '../../api/client.js';
import { type BatchAction, BatchBar } from './batch-bar.js';
import { BatchDialog } from './batch-dialog.js';
import { RefundDetails } from './refund-details.js';
import { RefundList } from './refund-list.js';
import { useShortcuts } from './use-shortcuts.js';
import { useRefundList } from './use-refund-list.js';

interface Batch {
  action: BatchAction;
  /** As they were when the dialog opened: the list behind it goes on changing. */
  refunds: Schemas['AdminRefundView'][];
}

/** The queue on the left, one case on the right; on a phone one after the other. */
export default function RefundsPage(): ReactNode {
  const { refunds: words } = useTranslations();
  const { refundNo } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const queue = useRefundList();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [batch, setBatch] = useState<Batch | null>(null);
  const chosen = queue.list.rows.filter((row) => row.status === 'REQUESTED' && selected.has(row.refundNo));
  const open = (wanted: string): void => void navigate(`/refunds/${wanted}${search}`);
  const step = (by: 1 | -1): void => {
    const at = queue.list.rows.findIndex((row) => row.refundNo === refundNo);
    const next = queue.list.rows[at === -1 ? 0 : at + by];
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
        <h1>{words.title}</h1>
        <span className="quiet keys-hint">{words.keys}</span>
      </div>
      <div className={refundNo === undefined ? 'desk' : 'desk detail-open'}>
        <RefundList queue={queue} openNo={refundNo} selected={selected} onSelect={setSelected}>
          {chosen.length > 0 && (
            <BatchBar count={chosen.length} onStart={(action) => setBatch({ action, refunds: chosen })} />
          )}
        </RefundList>
        <section className="case" aria-label={words.facts}>
          {refundNo === undefined ? (
            <Empty className="panel centred" description={words.choose} />
          ) : (
            <RefundDetails key={refundNo} refundNo={refundNo} backTo={`/refunds${search}`} />
          )}
        </section>
      </div>
      {batch && <BatchDialog {...batch} onClose={endBatch} />}
    </>
  );
}
