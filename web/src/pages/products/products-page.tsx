import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Select, Switch } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { Money } from '../../components/status-tags.js';
import { Label } from '../../components/label.js';
import { type RecordColumn, RecordList } from '../../components/record-list.js';
import { SearchBox } from '../../components/search-box.js';
import { useAction } from '../../hooks/use-action.js';
import { useFilters } from '../../hooks/use-filters.js';
import { usePagedList } from '../../hooks/use-paged-list.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { ProductDialog } from './product-dialog.js';

export type Product = Schemas['AdminProductView'];

/** What the shop sells. */
export default function ProductsPage(): ReactNode {
  const { products: words } = useTranslations();
  const { get, set } = useFilters();
  const q = get('q');
  const state = get('state');
  const [edited, setEdited] = useState<Product | 'new' | null>(null);
  const list = usePagedList(['products', q, state], (page) => {
    const query = { ...page, ...(q !== '' && { q }), ...(state !== '' && { onSale: state === 'on' }) };
    return unwrap(api.GET('/admin/api/products', { params: { query } }));
  });
  return (
    <>
      <div className="page-head">
        <h1>{words.title}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {words.add}
        </Button>
      </div>
      <div className="filters">
        <div className="filter-search">
          <SearchBox value={q} hint={words.searchHint} onSearch={(text) => set('q', text)} />
        </div>
        <Select
          aria-label={words.onSale}
          value={state}
          onChange={(chosen) => set('state', chosen)}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: words.onAndOff },
            { value: 'on', label: words.on },
            { value: 'off', label: words.off },
          ]}
        />
      </div>
      <RecordList
        list={list}
        columns={useColumns(setEdited)}
        rowKey={({ id }) => id}
        empty={words.empty}
        label={words.title}
      />
      {edited !== null && <ProductDialog product={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function useColumns(onEdit: (product: Product) => void): RecordColumn<Product>[] {
  const { common, products: words } = useTranslations();
  return [
    { key: 'name', title: words.name, render: (product) => <ProductName product={product} /> },
    { key: 'price', title: words.price, align: 'right', render: ({ priceFen }) => <Money fen={priceFen} /> },
    {
      ...{ key: 'stock', title: words.stock, align: 'right' },
      render: ({ stock }) =>
        stock === 0 ? <Label tone="bad">{words.soldOut}</Label> : <span className="number">{stock}</span>,
    },
    { key: 'onSale', title: words.onSale, render: (product) => <OnSaleSwitch product={product} /> },
    { key: 'id', title: 'ID', render: ({ id }) => <span className="mono">{id}</span> },
    {
      ...{ key: 'actions', title: common.actions },
      render: (product) => (
        <Button size="small" aria-label={`${words.edit}: ${product.name}`} onClick={() => onEdit(product)}>
          {words.edit}
        </Button>
      ),
    },
  ];
}

/** Takes a product off sale and puts it back, at once. Its stock stays what it is. */
function OnSaleSwitch({ product: { id, name, onSale } }: { product: Product }): ReactNode {
  const { products: words } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: (wanted: boolean) =>
      unwrap(api.PATCH('/admin/api/products/{id}', { params: { path: { id } }, body: { onSale: wanted } })),
    onSuccess: (_product, wanted) => void message.success(wanted ? words.putOn : words.takenOff),
  });
  return (
    <Switch
      size="small"
      aria-label={`${words.onSale}: ${name}`}
      checked={onSale}
      loading={isRunning}
      checkedChildren={words.on}
      unCheckedChildren={words.off}
      onChange={(wanted) => run(wanted)}
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
        <div className="queue-text product-text">{description}</div>
      </span>
    </span>
  );
}
