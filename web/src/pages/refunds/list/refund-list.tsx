import { Checkbox, Empty, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { Schemas } from '../../../api/client.js';
import { useHasRole } from '../../../auth/session.js';
import { Instant, Money } from '../../../components/values.js';
import { RefundStatusTag } from '../../../components/label.js';
import { LoadMore, PagedRows } from '../../../components/paged-rows.js';
import { SearchBox } from '../../../components/filters.js';
import { useTranslations } from '../../../i18n/language-provider.js';
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
  const { tab, selectTab } = state;
  return (
    <section className="panel refund-list" aria-label={t.listLabel}>
      <SearchBox hint={t.searchHint} />
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
  const { refunds: t } = useTranslations();
  const toggle = (refundNo: string, isChosen: boolean): void => {
    const next = new Set(selected);
    if (isChosen && next.size < MAX_BATCH_SIZE) next.add(refundNo);
    else next.delete(refundNo);
    onSelect(next);
  };
  return (
    <PagedRows list={list} empty={<Empty className="centred" description={t.empty} />}>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      <ul className="list-rows" tabIndex={0} aria-label={t.listLabel}>
        {list.rows.map((refund) => (
          <RefundRow
            key={refund.refundNo}
            refund={refund}
            isOpen={refund.refundNo === openNo}
            isSelected={selected.has(refund.refundNo)}
            onToggle={(isChosen) => toggle(refund.refundNo, isChosen)}
          />
        ))}
      </ul>
      <LoadMore list={list} size="small" />
    </PagedRows>
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
