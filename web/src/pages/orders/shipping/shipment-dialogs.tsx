import { Alert, Checkbox, Form, Radio } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type OrderRecord, type Schemas } from '../../../api/client.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { parcelBody, ParcelFields, type ParcelForm } from './parcel-fields.js';
import { useCarriers } from './use-carriers.js';

type Kind = Schemas['ShipBody']['kind'];
type Shipment = Schemas['ShipmentView'];

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
  const carriers = useCarriers();
  const params = { path: { orderNo: order.orderNo } };
  return (
    <FormDialog
      form={form}
      title={isFirst ? t.shipTitle : t.anotherTitle}
      okText={t.confirmShip}
      initialValues={{ kind: 'EXPRESS' }}
      request={({ kind, more, ...typed }: ShipForm) => {
        const body = { kind, ...parcelBody(typed, carriers), isLast: more !== true };
        return unwrap(api.POST('/admin/api/orders/{orderNo}/shipments', { params, body }));
      }}
      successText={t.shippedToast}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t.kind} hidden={!isFirst}>
        <Radio.Group options={KINDS.map((value) => ({ value, label: t.kinds[value] }))} />
      </Form.Item>
      <ParcelFields kind={kind} />
      {kind === 'EXPRESS' && (
        <Form.Item name="more" valuePropName="checked" extra={t.moreFollowHint}>
          <Checkbox>{t.moreFollow}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}

interface EditShipmentDialogProps {
  orderNo: string;
  shipment: Shipment;
  /** True if WeChat already has the parcel, so that this uses the payment's only re-ship. */
  isReship: boolean;
  onClose: () => void;
}

/** Edits a parcel. The service then uploads it to WeChat again. */
export function EditShipmentDialog({ orderNo, shipment, isReship, onClose }: EditShipmentDialogProps): ReactNode {
  const { shipping: t } = useTranslations();
  const carriers = useCarriers();
  const { shipmentNo, kind, carrier, trackingNo, itemDesc, receiverContact } = shipment;
  const params = { path: { orderNo, shipmentNo } };
  return (
    <FormDialog<ParcelForm>
      title={isReship ? t.reshipTitle : t.correctTitle}
      okText={isReship ? t.confirmReship : t.retry}
      initialValues={{
        carrier: carrier ?? '',
        trackingNo: trackingNo ?? '',
        itemDesc,
        receiverContact: receiverContact ?? '',
      }}
      request={(typed) => {
        const call = { params, body: parcelBody(typed, carriers) };
        return unwrap<Shipment>(
          isReship
            ? api.POST('/admin/api/orders/{orderNo}/shipments/{shipmentNo}/reship', call)
            : api.POST('/admin/api/orders/{orderNo}/shipments/{shipmentNo}/retry', call),
        );
      }}
      successText={t.retriedToast}
      onClose={onClose}
      notice={isReship && <Alert className="gap-below" type="warning" title={t.reshipOnce} />}
    >
      <ParcelFields kind={kind} />
    </FormDialog>
  );
}
