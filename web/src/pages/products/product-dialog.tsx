import { App, Form, type FormInstance, Input, InputNumber, Switch } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { parseYuan, formatPlainYuan } from '../../utils/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { yuanRule } from '../../utils/yuan-rule.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Product } from './products-page.js';

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
  const [form] = Form.useForm<ProductForm>();
  const { run, isRunning } = useSaveProduct(product, form, onClose);
  return (
    <FormDialog
      form={form}
      title={product ? t.editTitle : t.add}
      okText={common.save}
      initialValues={product ? productFormOf(product) : NEW_PRODUCT}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <ProductFields />
    </FormDialog>
  );
}

function ProductFields(): ReactNode {
  const { products: t } = useTranslations();
  return (
    <>
      <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="price" label={t.priceInput} rules={[yuanRule({ invalidText: t.priceInvalid })]}>
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
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
    </>
  );
}

function productFormOf({ name, description, priceFen, stock, imageUrl, onSale }: Product): ProductForm {
  return { name, description, price: formatPlainYuan(priceFen), stock, imageUrl: imageUrl ?? '', onSale };
}

/** Sends the stock that was shown, so that the service rejects the change (STOCK_CHANGED) if orders changed it meanwhile. */
function useSaveProduct(
  product: Product | null,
  form: FormInstance<ProductForm>,
  onDone: () => void,
): ReturnType<typeof useAction<ProductForm>> {
  const { products: t } = useTranslations();
  const { message } = App.useApp();
  return useAction<ProductForm, Product>({
    form,
    fieldNames: { priceFen: 'price' },
    request: ({ name, description = '', price, stock, imageUrl = '', onSale }) => {
      const priceFen = parseYuan(price);
      if (priceFen === null) throw new Error('The form validates the amount before it submits.');
      const body = { name, description, priceFen, imageUrl, onSale };
      if (!product) return unwrap(api.POST('/admin/api/products', { body: { ...body, stock } }));
      const path = { id: product.id };
      const stockChange = stock === product.stock ? {} : { stock, expectedStock: product.stock };
      return unwrap(api.PATCH('/admin/api/products/{id}', { params: { path }, body: { ...body, ...stockChange } }));
    },
    onSuccess: () => {
      void message.success(t.savedToast);
      onDone();
    },
  });
}
