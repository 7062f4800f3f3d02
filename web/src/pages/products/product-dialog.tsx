import { App, Form, type FormInstance, Input, InputNumber, Switch } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { fenOf, plainYuan } from '../../money.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { useAction } from '../../shared/use-action.js';
import { yuanRule } from '../../shared/yuan-rule.js';
import { useWords } from '../../words/words.js';
import type { Product } from './products-page.js';

interface Facts {
  name: string;
  description?: string;
  price: string;
  stock: number;
  imageUrl?: string;
  onSale: boolean;
}

const NEW: Partial<Facts> = { stock: 0, onSale: true };

/** Makes a product, or changes one. */
export function ProductDialog({ product, onClose }: { product: Product | null; onClose: () => void }): ReactNode {
  const { common, products: words } = useWords();
  const [form] = Form.useForm<Facts>();
  const { run, isRunning } = useSaving(product, form, onClose);
  return (
    <FormDialog
      form={form}
      title={product ? words.editTitle : words.add}
      okText={common.save}
      initialValues={product ? factsOf(product) : NEW}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Fields />
    </FormDialog>
  );
}

function Fields(): ReactNode {
  const { products: words } = useWords();
  return (
    <>
      <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="price" label={words.priceInput} rules={[yuanRule({ wrong: words.priceWrong })]}>
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item name="stock" label={words.stock} extra={words.stockHint} rules={[{ required: true }]}>
        <InputNumber min={0} max={1_000_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="onSale" label={words.onSale} extra={words.onSaleHint} valuePropName="checked">
        <Switch checkedChildren={words.on} unCheckedChildren={words.off} />
      </Form.Item>
      <Form.Item name="description" label={words.description}>
        <Input.TextArea maxLength={2000} rows={3} />
      </Form.Item>
      <Form.Item
        name="imageUrl"
        label={words.image}
        rules={[{ pattern: /^https?:\/\/\S+$/i, message: words.imageWrong }]}
      >
        <Input maxLength={500} inputMode="url" />
      </Form.Item>
    </>
  );
}

function factsOf({ name, description, priceFen, stock, imageUrl, onSale }: Product): Facts {
  return { name, description, price: plainYuan(priceFen), stock, imageUrl: imageUrl ?? '', onSale };
}

/** A stock that orders have changed meanwhile is not overwritten: the service says so, and nothing is changed. */
function useSaving(
  product: Product | null,
  form: FormInstance<Facts>,
  onDone: () => void,
): ReturnType<typeof useAction<Facts>> {
  const { products: words } = useWords();
  const { message } = App.useApp();
  return useAction<Facts, Product>({
    form,
    fieldNames: { priceFen: 'price' },
    work: ({ name, description = '', price, stock, imageUrl = '', onSale }) => {
      const priceFen = fenOf(price);
      if (priceFen === null) throw new Error('The form lets no other amount through.');
      const body = { name, description, priceFen, imageUrl, onSale };
      if (!product) return answered(api.POST('/admin/api/products', { body: { ...body, stock } }));
      const path = { id: product.id };
      const stockChange = stock === product.stock ? {} : { stock, expectedStock: product.stock };
      return answered(api.PATCH('/admin/api/products/{id}', { params: { path }, body: { ...body, ...stockChange } }));
    },
    then: () => {
      void message.success(words.saved);
      onDone();
    },
  });
}
