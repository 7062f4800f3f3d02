import { Button, Select, Switch } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Product } from '../../api/client.js';
import { Label } from '../../components/label.js';
import { AddButton, ListPage, type RecordColumn } from '../../components/list-page.js';
import { Money } from '../../components/values.js';
import { useAction } from '../../hooks/use-action.js';
import { useFilters, useSearch } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { ProductDialog } from './product-dialog.js';

/** The shop's products. */
export default function ProductsPage(): ReactNode {
  const { products: t } = useTranslations();
  const { get, set } = useFilters();
  const state = get('state');
  const [edited, setEdited] = useState<Product | 'new' | null>(null);
  const filters = { ...useSearch(), ...(state !== '' && { onSale: state === 'on' }) };
  const list = usePagedList('products', filters, (query) =>
    unwrap(api.GET('/admin/api/products', { params: { query } })),
  );
  return (
    <ListPage
      title={t.title}
      searchHint={t.searchHint}
      empty={t.empty}
      action={<AddButton text={t.add} onClick={() => setEdited('new')} />}
      filters={
        <Select
          aria-label={t.onSale}
          value={state}
          onChange={(chosen) => set('state', chosen)}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t.onAndOff },
            { value: 'on', label: t.on },
            { value: 'off', label: t.off },
          ]}
        />
      }
      list={list}
      columns={useColumns(setEdited)}
      rowKey={({ id }) => id}
    >
      {edited !== null && <ProductDialog product={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </ListPage>
  );
}

function useColumns(onEdit: (product: Product) => void): RecordColumn<Product>[] {
  const { common, products: t } = useTranslations();
  return [
    { key: 'name', title: common.name, render: (product) => <ProductName product={product} /> },
    { key: 'price', title: t.price, align: 'right', render: ({ priceFen }) => <Money fen={priceFen} /> },
    {
      key: 'stock',
      title: t.stock,
      align: 'right',
      render: ({ stock }) =>
        stock === 0 ? <Label tone="bad">{t.soldOut}</Label> : <span className="number">{stock}</span>,
    },
    { key: 'onSale', title: t.onSale, render: (product) => <OnSaleSwitch product={product} /> },
    { key: 'id', title: 'ID', render: ({ id }) => <span className="mono">{id}</span> },
    {
      key: 'actions',
      title: common.actions,
      render: (product) => (
        <Button size="small" aria-label={`${common.edit}: ${product.name}`} onClick={() => onEdit(product)}>
          {common.edit}
        </Button>
      ),
    },
  ];
}

/** Takes a product off sale or puts it on sale, at once. Its stock does not change. */
function OnSaleSwitch({ product: { id, name, onSale } }: { product: Product }): ReactNode {
  const { products: t } = useTranslations();
  const { run, isRunning } = useAction({
    request: (nextOnSale: boolean) =>
      unwrap(api.PATCH('/admin/api/products/{id}', { params: { path: { id } }, body: { onSale: nextOnSale } })),
    successText: (_product, nextOnSale) => (nextOnSale ? t.onSaleToast : t.offSaleToast),
  });
  return (
    <Switch
      size="small"
      aria-label={`${t.onSale}: ${name}`}
      checked={onSale}
      loading={isRunning}
      checkedChildren={t.on}
      unCheckedChildren={t.off}
      onChange={(checked) => run(checked)}
    />
  );
}

function ProductName({ product: { name, imageUrl, description } }: { product: Product }): ReactNode {
  return (
    <span className="product-name">
      {imageUrl !== null && /^https?:\/\//i.test(imageUrl) ? (
        <img src={imageUrl} alt="" loading="lazy" referrerPolicy="no-referrer" />
      ) : (
        <span className="no-image" />
      )}
      <span>
        <div>{name}</div>
        <div className="list-row-text product-text">{description}</div>
      </span>
    </span>
  );
}
