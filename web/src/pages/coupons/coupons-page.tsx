import { GiftOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Coupon } from '../../api/client.js';
import { Label } from '../../components/label.js';
import { AddButton, ListPage, type RecordColumn } from '../../components/list-page.js';
import { Instant, Money } from '../../components/values.js';
import { useSearch } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { formatYuan } from '../../utils/money.js';
import { CouponDialog } from './coupon-dialog.js';
import { GrantDialog } from './grant-dialog.js';

/** The open dialog: create, change or grant. */
type CouponDialogState = { action: 'create' } | { action: 'edit' | 'grant'; coupon: Coupon };

/** The coupons, with how many were granted and used. */
export default function CouponsPage(): ReactNode {
  const { coupons: t } = useTranslations();
  const [dialog, setDialog] = useState<CouponDialogState | null>(null);
  const list = usePagedList('coupons', useSearch(), (query) =>
    unwrap(api.GET('/admin/api/coupons', { params: { query } })),
  );
  const close = (): void => setDialog(null);
  return (
    <ListPage
      title={t.title}
      hint={t.hint}
      searchHint={t.searchHint}
      empty={t.empty}
      action={<AddButton text={t.add} onClick={() => setDialog({ action: 'create' })} />}
      list={list}
      columns={useColumns(setDialog)}
      rowKey={({ id }) => id}
    >
      {dialog?.action === 'create' && <CouponDialog coupon={null} onClose={close} />}
      {dialog?.action === 'edit' && <CouponDialog coupon={dialog.coupon} onClose={close} />}
      {dialog?.action === 'grant' && <GrantDialog coupon={dialog.coupon} onClose={close} />}
    </ListPage>
  );
}

function useColumns(onOpen: (dialog: CouponDialogState) => void): RecordColumn<Coupon>[] {
  const { common, coupons: t } = useTranslations();
  return [
    { key: 'name', title: common.name, render: ({ name }) => <span className="breakable">{name}</span> },
    {
      key: 'discount',
      title: t.discount,
      align: 'right',
      render: ({ discountFen }) => <Money fen={discountFen} isBold />,
    },
    {
      key: 'minSpend',
      title: t.minSpend,
      align: 'right',
      render: ({ minSpendFen }) => (minSpendFen === 0 ? t.noMinimum : t.from(formatYuan(minSpendFen))),
    },
    { key: 'expiresAt', title: t.expiresAt, render: ({ expiresAt }) => <ExpiryTime at={expiresAt} /> },
    {
      key: 'counts',
      title: t.counts,
      align: 'right',
      render: ({ usedCount, grantedCount }) => (
        <span className="number">
          {usedCount} / {grantedCount}
        </span>
      ),
    },
    { key: 'id', title: 'ID', render: ({ id }) => <span className="mono">{id}</span> },
    {
      key: 'actions',
      title: common.actions,
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
            aria-label={`${common.edit}: ${coupon.name}`}
            onClick={() => onOpen({ action: 'edit', coupon })}
          >
            {common.edit}
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
