import { Form, Input, InputNumber, Switch } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Product } from '../../api/client.js';
import { YuanField } from '../../components/form/fields.js';
import { FormDialog } from '../../components/form/form-dialog.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { fenOf, formatPlainYuan } from '../../utils/money.js';

interface ProductForm {
  name: string;
  description?: string;
  price: string;
  stock: number;
  imageUrl?: string;
  onSale: boolean;
}

const NEW_PRODUCT: Partial<ProductForm> = { stock: 0, onSale: true };

/** Creates or changes a product. */
export function ProductDialog({ product, onClose }: { product: Product | null; onClose: () => void }): ReactNode {
  const { common, products: t } = useTranslations();
  return (
    <FormDialog<ProductForm>
      title={product ? t.editTitle : t.add}
      okText={common.save}
      initialValues={product ? productFormOf(product) : NEW_PRODUCT}
      request={(draft) => saveProduct(product, draft)}
      fieldNames={{ priceFen: 'price' }}
      successText={common.saved}
      onClose={onClose}
    >
      <Form.Item name="name" label={common.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <YuanField name="price" label={t.priceInput} invalidText={t.priceInvalid} />
      <Form.Item name="stock" label={t.stock} extra={t.stockHint} rules={[{ required: true }]}>
        <InputNumber min={0} max={1_000_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="onSale" label={t.onSale} extra={t.onSaleHint} valuePropName="checked">
        <Switch checkedChildren={t.on} unCheckedChildren={t.off} />
      </Form.Item>
      <Form.Item name="description" label={t.description}>
        <Input.TextArea maxLength={2000} rows={3} />
      </Form.Item>
      <Form.Item name="imageUrl" label={t.image} rules={[{ pattern: /^https?:\/\/\S+$/i, message: t.imageInvalid }]}>
        <Input maxLength={500} inputMode="url" />
      </Form.Item>
    </FormDialog>
  );
}

function productFormOf({ name, description, priceFen, stock, imageUrl, onSale }: Product): ProductForm {
  return { name, description, price: formatPlainYuan(priceFen), stock, imageUrl: imageUrl ?? '', onSale };
}

/** Sends the stock that was shown, so that the service rejects the change (STOCK_CHANGED) if orders changed it meanwhile. */
function saveProduct(
  product: Product | null,
  { name, description = '', price, stock, imageUrl = '', onSale }: ProductForm,
): Promise<Product> {
  const body = { name, description, priceFen: fenOf(price), imageUrl, onSale };
  if (!product) return unwrap(api.POST('/admin/api/products', { body: { ...body, stock } }));
  const path = { id: product.id };
  const stockChange = stock === product.stock ? {} : { stock, expectedStock: product.stock };
  return unwrap(api.PATCH('/admin/api/products/{id}', { params: { path }, body: { ...body, ...stockChange } }));
}
