import { Button, Checkbox, Empty, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useMay } from '../../auth/session.js';
import { Instant, Money, RefundTag } from '../../shared/bits.js';
import { ProblemPanel } from '../../shared/problem-panel.js';
import { SearchBox } from '../../shared/search-box.js';
import { useWords } from '../../words/words.js';
import { QueueChips } from './queue-chips.js';
import { QUEUES, type RefundQueue } from './use-queue.js';

/** How many one call decides at most. */
const BATCH_LIMIT = 100;

interface Wanted {
  queue: RefundQueue;
  openNo: string | undefined;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** What stands below the rows. */
  children: ReactNode;
}

/** The refunds to choose from, one by one or several at once. */
export function Queue({ queue, openNo, selected, onSelect, children }: Wanted): ReactNode {
  const { refunds: words } = useWords();
  const { name, search, choose, find } = queue;
  return (
    <section className="panel queue" aria-label={words.queue}>
      <SearchBox value={search} hint={words.searchHint} onSearch={find} />
      <Segmented
        block
        className="gap-above"
        value={name}
        aria-label={words.queue}
        options={QUEUES.map((value) => ({ value, label: words.queues[value] }))}
        onChange={choose}
      />
      <QueueChips queue={queue} />
      <Rows queue={queue} openNo={openNo} selected={selected} onSelect={onSelect} />
      {children}
    </section>
  );
}

function Rows({ queue: { list }, openNo, selected, onSelect }: Omit<Wanted, 'children'>): ReactNode {
  const { refunds: words, common } = useWords();
  const { rows, total, query } = list;
  if (query.isPending) return <Skeleton active />;
  if (query.isError && rows.length === 0)
    return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty className="centred" description={words.empty} />;
  const toggle = (refundNo: string, isChosen: boolean): void => {
    const next = new Set(selected);
    if (isChosen && next.size < BATCH_LIMIT) next.add(refundNo);
    else next.delete(refundNo);
    onSelect(next);
  };
  return (
    <>
      {/* Scrolled by keys too. */}
      <ul className="queue-rows" tabIndex={0} aria-label={words.queue}>
        {rows.map((refund) => (
          <Row
            key={refund.refundNo}
            refund={refund}
            isOpen={refund.refundNo === openNo}
            isSelected={selected.has(refund.refundNo)}
            onToggle={(isChosen) => toggle(refund.refundNo, isChosen)}
          />
        ))}
      </ul>
      <div className="load-more">
        {total !== undefined && <span className="quiet">{common.total(total)} </span>}
        {query.hasNextPage && (
          <Button size="small" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
            {common.more}
          </Button>
        )}
      </div>
    </>
  );
}

interface RowFacts {
  refund: Schemas['AdminRefundView'];
  isOpen: boolean;
  isSelected: boolean;
  onToggle: (isChosen: boolean) => void;
}

function Row({ refund, isOpen, isSelected, onToggle }: RowFacts): ReactNode {
  const { refunds: words } = useWords();
  const may = useMay();
  const { search } = useLocation();
  const { refundNo, amountFen, reason, requestedAt, status, kind } = refund;
  return (
    <li className={isOpen ? 'queue-row chosen' : 'queue-row'}>
      {status === 'REQUESTED' && may('OPERATOR') && (
        <Checkbox
          checked={isSelected}
          aria-label={words.selectOne(refundNo)}
          onChange={({ target }) => onToggle(target.checked)}
        />
      )}
      <Link to={`/refunds/${refundNo}${search}`} {...(isOpen && { 'aria-current': 'true' as const })}>
        <span className="queue-top">
          <Money fen={amountFen} />
          <RefundTag refund={refund} />
        </span>
        <div className="queue-text">{reason}</div>
        <div className="queue-text">
          <Instant at={requestedAt} /> · {words.kinds[kind]}
        </div>
      </Link>
    </li>
  );
}
