import { Button, Checkbox, Empty, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { Instant, Money, RefundStatusTag } from '../../components/status-tags.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { SearchBox } from '../../components/search-box.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { RefundFilterChips } from './refund-filter-chips.js';
import { REFUND_TABS, type RefundListState } from './use-refund-list.js';

/** How many one call decides at most. */
const MAX_BATCH_SIZE = 100;

interface RefundListProps {
  queue: RefundListState;
  openNo: string | undefined;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** What stands below the rows. */
  children: ReactNode;
}

/** The refunds to choose from, one by one or several at once. */
export function RefundList({ queue, openNo, selected, onSelect, children }: RefundListProps): ReactNode {
  const { refunds: words } = useTranslations();
  const { tab: name, search, selectTab: choose, setSearch: find } = queue;
  return (
    <section className="panel queue" aria-label={words.queue}>
      <SearchBox value={search} hint={words.searchHint} onSearch={find} />
      <Segmented
        block
        className="gap-above"
        value={name}
        aria-label={words.queue}
        options={REFUND_TABS.map((value) => ({ value, label: words.queues[value] }))}
        onChange={choose}
      />
      <RefundFilterChips queue={queue} />
      <RefundRows queue={queue} openNo={openNo} selected={selected} onSelect={onSelect} />
      {children}
    </section>
  );
}

function RefundRows({ queue: { list }, openNo, selected, onSelect }: Omit<RefundListProps, 'children'>): ReactNode {
  const { refunds: words, common } = useTranslations();
  const { rows, total, query } = list;
  if (query.isPending) return <Skeleton active />;
  if (query.isError && rows.length === 0)
    return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty className="centred" description={words.empty} />;
  const toggle = (refundNo: string, isChosen: boolean): void => {
    const next = new Set(selected);
    if (isChosen && next.size < MAX_BATCH_SIZE) next.add(refundNo);
    else next.delete(refundNo);
    onSelect(next);
  };
  return (
    <>
      {/* Scrolled by keys too. */}
      <ul className="queue-rows" tabIndex={0} aria-label={words.queue}>
        {rows.map((refund) => (
          <RefundRow
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

interface RefundRowProps {
  refund: Schemas['AdminRefundView'];
  isOpen: boolean;
  isSelected: boolean;
  onToggle: (isChosen: boolean) => void;
}

function RefundRow({ refund, isOpen, isSelected, onToggle }: RefundRowProps): ReactNode {
  const { refunds: words } = useTranslations();
  const may = useHasRole();
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
          <RefundStatusTag refund={refund} />
        </span>
        <div className="queue-text">{reason}</div>
        <div className="queue-text">
          <Instant at={requestedAt} /> · {words.kinds[kind]}
        </div>
      </Link>
    </li>
  );
}
