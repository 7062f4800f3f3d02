import { App, Checkbox, Form, type FormInstance, Radio } from 'antd';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { OrderRecord } from './order-detail.js';
import { DescriptionField, ParcelFields, saidOf, type TypedParcel, useCarriers } from './parcel-fields.js';

type Kind = Schemas['ShipBody']['kind'];

interface Parcel extends TypedParcel {
  kind: Kind;
  more?: boolean;
}

const KINDS: Kind[] = ['EXPRESS', 'SAME_CITY', 'VIRTUAL', 'SELF_PICKUP'];

/** Reports a parcel. Sent twice it is the same parcel, by its number. */
export function ShipDialog({ order, onClose }: { order: OrderRecord; onClose: () => void }): ReactNode {
  const { shipping: words } = useWords();
  const [form] = Form.useForm<Parcel>();
  const isFirst = order.shipments.length === 0;
  const kind = Form.useWatch((values: Partial<Parcel>) => values.kind, form) ?? 'EXPRESS';
  const carrier = Form.useWatch('carrier', form);
  const { run, isRunning } = useShipping(order.orderNo, form, onClose);
  return (
    <FormDialog
      form={form}
      title={isFirst ? words.shipTitle : words.anotherTitle}
      okText={words.confirmShip}
      initialValues={{ kind: 'EXPRESS' }}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Form.Item name="kind" label={words.kind} hidden={!isFirst}>
        <Radio.Group options={KINDS.map((value) => ({ value, label: words.kinds[value] }))} />
      </Form.Item>
      {(kind === 'EXPRESS' || kind === 'SAME_CITY') && (
        <ParcelFields carrier={carrier} isExpress={kind === 'EXPRESS'} />
      )}
      <DescriptionField />
      {kind === 'EXPRESS' && (
        <Form.Item name="more" valuePropName="checked" extra={words.moreHint}>
          <Checkbox>{words.more}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}

function useShipping(
  orderNo: string,
  form: FormInstance<Parcel>,
  onDone: () => void,
): ReturnType<typeof useAction<Parcel>> {
  const { shipping: words } = useWords();
  const { message } = App.useApp();
  const carriers = useCarriers();
  return useAction({
    form,
    work: ({ kind, more, ...typed }: Parcel) =>
      answered(
        api.POST('/admin/api/orders/{orderNo}/shipments', {
          params: { path: { orderNo } },
          body: { kind, ...saidOf(typed, carriers), isLast: more !== true },
        }),
      ),
    then: () => {
      void message.success(words.shipped);
      onDone();
    },
  });
}
