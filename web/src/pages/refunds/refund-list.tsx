import { Button, Checkbox, Empty, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { RefundStatusTag } from '../../components/status-tags.js';
import { ProblemPanel } from '../../components/problem-panel.js';
import { SearchBox } from '../../components/search-box.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { RefundFilterChips } from './refund-filter-chips.js';
import { REFUND_TABS, type RefundListState } from './use-refund-list.js';

/** Maximum number of refunds in one batch request. */
const MAX_BATCH_SIZE = 100;

interface RefundListProps {
  state: RefundListState;
  openNo: string | undefined;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** Shown below the rows. */
  children: ReactNode;
}

/** The list of refunds, with tabs, search and checkboxes for batch actions. */
export function RefundList({ state, openNo, selected, onSelect, children }: RefundListProps): ReactNode {
  const { refunds: t } = useTranslations();
  const { tab, search, selectTab, setSearch } = state;
  return (
    <section className="panel refund-list" aria-label={t.listLabel}>
      <SearchBox value={search} hint={t.searchHint} onSearch={setSearch} />
      <Segmented
        block
        className="gap-above"
        value={tab}
        aria-label={t.listLabel}
        options={REFUND_TABS.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={selectTab}
      />
      <RefundFilterChips list={state} />
      <RefundRows state={state} openNo={openNo} selected={selected} onSelect={onSelect} />
      {children}
    </section>
  );
}

function RefundRows({ state: { list }, openNo, selected, onSelect }: Omit<RefundListProps, 'children'>): ReactNode {
  const { refunds: t, common } = useTranslations();
  const { rows, total, query } = list;
  if (query.isPending) return <Skeleton active />;
  if (query.isError && rows.length === 0)
    return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty className="centred" description={t.empty} />;
  const toggle = (refundNo: string, isChosen: boolean): void => {
    const next = new Set(selected);
    if (isChosen && next.size < MAX_BATCH_SIZE) next.add(refundNo);
    else next.delete(refundNo);
    onSelect(next);
  };
  return (
    <>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      <ul className="list-rows" tabIndex={0} aria-label={t.listLabel}>
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
            {common.loadMore}
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
  const { refunds: t } = useTranslations();
  const hasRole = useHasRole();
  const { search } = useLocation();
  const { refundNo, amountFen, reason, requestedAt, status, kind } = refund;
  return (
    <li className={isOpen ? 'list-row chosen' : 'list-row'}>
      {status === 'REQUESTED' && hasRole('OPERATOR') && (
        <Checkbox
          checked={isSelected}
          aria-label={t.selectOne(refundNo)}
          onChange={({ target }) => onToggle(target.checked)}
        />
      )}
      <Link to={`/refunds/${refundNo}${search}`} {...(isOpen && { 'aria-current': 'true' as const })}>
        <span className="list-row-head">
          <Money fen={amountFen} />
          <RefundStatusTag refund={refund} />
        </span>
        <div className="list-row-text">{reason}</div>
        <div className="list-row-text">
          <Instant at={requestedAt} /> · {t.kinds[kind]}
        </div>
      </Link>
    </li>
  );
}
