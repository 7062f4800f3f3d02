import { App, Checkbox, Form, type FormInstance, Radio } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { OrderRecord } from './order-details.js';
import { DescriptionField, ParcelFields, parcelBody, type ParcelForm, useCarriers } from './parcel-fields.js';

type Kind = Schemas['ShipBody']['kind'];

interface ShipForm extends ParcelForm {
  kind: Kind;
  more?: boolean;
}

const KINDS: Kind[] = ['EXPRESS', 'SAME_CITY', 'VIRTUAL', 'SELF_PICKUP'];

/** Adds a parcel. The service recognizes a repeated request by its tracking number. */
export function ShipDialog({ order, onClose }: { order: OrderRecord; onClose: () => void }): ReactNode {
  const { shipping: t } = useTranslations();
  const [form] = Form.useForm<ShipForm>();
  const isFirst = order.shipments.length === 0;
  const kind = Form.useWatch((values: Partial<ShipForm>) => values.kind, form) ?? 'EXPRESS';
  const carrier = Form.useWatch('carrier', form);
  const { run, isRunning } = useShipOrder(order.orderNo, form, onClose);
  return (
    <FormDialog
      form={form}
      title={isFirst ? t.shipTitle : t.anotherTitle}
      okText={t.confirmShip}
      initialValues={{ kind: 'EXPRESS' }}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t.kind} hidden={!isFirst}>
        <Radio.Group options={KINDS.map((value) => ({ value, label: t.kinds[value] }))} />
      </Form.Item>
      {(kind === 'EXPRESS' || kind === 'SAME_CITY') && (
        <ParcelFields carrier={carrier} isExpress={kind === 'EXPRESS'} />
      )}
      <DescriptionField />
      {kind === 'EXPRESS' && (
        <Form.Item name="more" valuePropName="checked" extra={t.moreFollowHint}>
          <Checkbox>{t.moreFollow}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}

function useShipOrder(
  orderNo: string,
  form: FormInstance<ShipForm>,
  onDone: () => void,
): ReturnType<typeof useAction<ShipForm>> {
  const { shipping: t } = useTranslations();
  const { message } = App.useApp();
  const carriers = useCarriers();
  return useAction({
    form,
    request: ({ kind, more, ...typed }: ShipForm) =>
      unwrap(
        api.POST('/admin/api/orders/{orderNo}/shipments', {
          params: { path: { orderNo } },
          body: { kind, ...parcelBody(typed, carriers), isLast: more !== true },
        }),
      ),
    onSuccess: () => {
      void message.success(t.shippedToast);
      onDone();
    },
  });
}
