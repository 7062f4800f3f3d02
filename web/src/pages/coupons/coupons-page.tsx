import { GiftOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { Instant, Money } from '../../components/status-tags.js';
import { Label } from '../../components/label.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { CouponDialog } from './coupon-dialog.js';
import { GrantDialog } from './grant-dialog.js';

export type Coupon = Schemas['AdminCouponView'];

/** What somebody is doing: making a coupon, changing one, or handing one out. */
type CouponDialogState = { what: 'make' } | { what: 'change' | 'grant'; coupon: Coupon };

/** The kinds of coupons, and what has become of those that were handed out. */
export default function CouponsPage(): ReactNode {
  const { coupons: words } = useTranslations();
  const { get, set } = useFilters();
  const q = get('q');
  const [doing, setDoing] = useState<CouponDialogState | null>(null);
  const list = usePagedList(['coupons', q], (page) => {
    const query = { ...page, ...(q !== '' && { q }) };
    return unwrap(api.GET('/admin/api/coupons', { params: { query } }));
  });
  const close = (): void => setDoing(null);
  return (
    <>
      <div className="page-head">
        <h1>{words.title}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setDoing({ what: 'make' })}>
          {words.add}
        </Button>
      </div>
      <p className="quiet">{words.hint}</p>
      <div className="filters">
        <div className="filter-search">
          <SearchBox value={q} hint={words.searchHint} onSearch={(text) => set('q', text)} />
        </div>
      </div>
      <RecordList
        list={list}
        columns={useColumns(setDoing)}
        rowKey={({ id }) => id}
        empty={words.empty}
        label={words.title}
      />
      {doing?.what === 'make' && <CouponDialog coupon={null} onClose={close} />}
      {doing?.what === 'change' && <CouponDialog coupon={doing.coupon} onClose={close} />}
      {doing?.what === 'grant' && <GrantDialog coupon={doing.coupon} onClose={close} />}
    </>
  );
}

function useColumns(onDo: (doing: CouponDialogState) => void): RecordColumn<Coupon>[] {
  const { common, coupons: words } = useTranslations();
  return [
    { key: 'name', title: words.name, render: ({ name }) => <span className="breakable">{name}</span> },
    {
      ...{ key: 'discount', title: words.discount, align: 'right' },
      render: ({ discountFen }) => <Money fen={discountFen} isBold />,
    },
    {
      ...{ key: 'minSpend', title: words.minSpend, align: 'right' },
      render: ({ minSpendFen }) => (minSpendFen === 0 ? words.noMinimum : words.from(formatYuan(minSpendFen))),
    },
    { key: 'expiresAt', title: words.expiresAt, render: ({ expiresAt }) => <ExpiryTime at={expiresAt} /> },
    {
      ...{ key: 'counts', title: words.counts, align: 'right' },
      render: ({ usedCount, grantedCount }) => (
        <span className="number">
          {usedCount} / {grantedCount}
        </span>
      ),
    },
    { key: 'id', title: 'ID', render: ({ id }) => <span className="mono">{id}</span> },
    {
      ...{ key: 'actions', title: common.actions },
      render: (coupon) => (
        <Space>
          <Button
            size="small"
            icon={<GiftOutlined />}
            aria-label={`${words.grant}: ${coupon.name}`}
            onClick={() => onDo({ what: 'grant', coupon })}
          >
            {words.grant}
          </Button>
          <Button
            size="small"
            aria-label={`${words.edit}: ${coupon.name}`}
            onClick={() => onDo({ what: 'change', coupon })}
          >
            {words.edit}
          </Button>
        </Space>
      ),
    },
  ];
}

function ExpiryTime({ at }: { at: string }): ReactNode {
  const { coupons: words } = useTranslations();
  const [now] = useState(() => Date.now());
  return (
    <>
      <Instant at={at} /> {Date.parse(at) <= now && <Label tone="plain">{words.over}</Label>}
    </>
  );
}
