import { GiftOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { Label } from '../../components/label.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { CouponDialog } from './coupon-dialog.js';
import { GrantDialog } from './grant-dialog.js';

export type Coupon = Schemas['AdminCouponView'];

/** The open dialog: create, change or grant. */
type CouponDialogState = { action: 'create' } | { action: 'edit' | 'grant'; coupon: Coupon };

/** The coupons, with how many were granted and used. */
export default function CouponsPage(): ReactNode {
  const { coupons: t } = useTranslations();
  const { get, set } = useFilters();
  const q = get('q');
  const [dialog, setDialog] = useState<CouponDialogState | null>(null);
  const list = usePagedList(['coupons', q], (page) => {
    const query = { ...page, ...(q !== '' && { q }) };
    return unwrap(api.GET('/admin/api/coupons', { params: { query } }));
  });
  const close = (): void => setDialog(null);
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setDialog({ action: 'create' })}>
          {t.add}
        </Button>
      </div>
      <p className="quiet">{t.hint}</p>
      <div className="filters">
        <div className="filter-search">
          <SearchBox value={q} hint={t.searchHint} onSearch={(text) => set('q', text)} />
        </div>
      </div>
      <RecordList list={list} columns={useColumns(setDialog)} rowKey={({ id }) => id} empty={t.empty} label={t.title} />
      {dialog?.action === 'create' && <CouponDialog coupon={null} onClose={close} />}
      {dialog?.action === 'edit' && <CouponDialog coupon={dialog.coupon} onClose={close} />}
      {dialog?.action === 'grant' && <GrantDialog coupon={dialog.coupon} onClose={close} />}
    </>
  );
}

function useColumns(onOpen: (dialog: CouponDialogState) => void): RecordColumn<Coupon>[] {
  const { common, coupons: t } = useTranslations();
  return [
    { key: 'name', title: t.name, render: ({ name }) => <span className="breakable">{name}</span> },
    {
      ...{ key: 'discount', title: t.discount, align: 'right' },
      render: ({ discountFen }) => <Money fen={discountFen} isBold />,
    },
    {
      ...{ key: 'minSpend', title: t.minSpend, align: 'right' },
      render: ({ minSpendFen }) => (minSpendFen === 0 ? t.noMinimum : t.from(formatYuan(minSpendFen))),
    },
    { key: 'expiresAt', title: t.expiresAt, render: ({ expiresAt }) => <ExpiryTime at={expiresAt} /> },
    {
      ...{ key: 'counts', title: t.counts, align: 'right' },
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
            aria-label={`${t.grant}: ${coupon.name}`}
            onClick={() => onOpen({ action: 'grant', coupon })}
          >
            {t.grant}
          </Button>
          <Button
            size="small"
            aria-label={`${t.edit}: ${coupon.name}`}
            onClick={() => onOpen({ action: 'edit', coupon })}
          >
            {t.edit}
          </Button>
        </Space>
      ),
    },
  ];
}

function ExpiryTime({ at }: { at: string }): ReactNode {
  const { coupons: t } = useTranslations();
  const [now] = useState(() => Date.now());
  return (
    <>
      <Instant at={at} /> {Date.parse(at) <= now && <Label tone="plain">{t.expired}</Label>}
    </>
  );
}
