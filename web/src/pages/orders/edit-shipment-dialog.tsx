import { Alert, App, Form, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { DescriptionField, ParcelFields, parcelBody, type ParcelForm, useCarriers } from './parcel-fields.js';

type Shipment = Schemas['ShipmentView'];

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
  const [form] = Form.useForm<ParcelForm>();
  const carrier = Form.useWatch('carrier', form);
  const { run, isRunning } = useEditShipment({ orderNo, shipment, isReship, onClose }, form);
  const { kind, trackingNo, itemDesc, receiverContact } = shipment;
  return (
    <FormDialog
      form={form}
      title={isReship ? t.reshipTitle : t.correctTitle}
      okText={isReship ? t.confirmReship : t.retry}
      initialValues={{
        ...{ carrier: shipment.carrier ?? '', trackingNo: trackingNo ?? '' },
        ...{ itemDesc, receiverContact: receiverContact ?? '' },
      }}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={isReship && <Alert className="gap-below" type="warning" title={t.reshipOnce} />}
    >
      {(kind === 'EXPRESS' || kind === 'SAME_CITY') && (
        <ParcelFields carrier={carrier} isExpress={kind === 'EXPRESS'} />
      )}
      <DescriptionField />
    </FormDialog>
  );
}

function useEditShipment(
  { orderNo, shipment: { shipmentNo }, isReship, onClose }: EditShipmentDialogProps,
  form: FormInstance<ParcelForm>,
): ReturnType<typeof useAction<ParcelForm>> {
  const { shipping: t } = useTranslations();
  const { message } = App.useApp();
  const carriers = useCarriers();
  return useAction({
    form,
    request: (typed: ParcelForm) => {
      const call = { params: { path: { orderNo, shipmentNo } }, body: parcelBody(typed, carriers) };
      return unwrap<Shipment>(
        isReship
          ? api.POST('/admin/api/orders/{orderNo}/shipments/{shipmentNo}/reship', call)
          : api.POST('/admin/api/orders/{orderNo}/shipments/{shipmentNo}/retry', call),
      );
    },
    onSuccess: () => {
      void message.success(t.retriedToast);
      onClose();
    },
  });
}
