import { Alert, App, Form, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import { DescriptionField, ParcelFields, saidOf, type TypedParcel, useCarriers } from './parcel-fields.js';

type Shipment = Schemas['ShipmentView'];

interface Wanted {
  orderNo: string;
  shipment: Shipment;
  /** True when WeChat has the parcel already, so that this is the payment's one re-ship. */
  isReship: boolean;
  onClose: () => void;
}

/** Corrects a parcel, and has WeChat told again. */
export function CorrectDialog({ orderNo, shipment, isReship, onClose }: Wanted): ReactNode {
  const { shipping: words } = useWords();
  const [form] = Form.useForm<TypedParcel>();
  const carrier = Form.useWatch('carrier', form);
  const { run, isRunning } = useCorrection({ orderNo, shipment, isReship, onClose }, form);
  const { kind, trackingNo, itemDesc, receiverContact } = shipment;
  return (
    <FormDialog
      form={form}
      title={isReship ? words.reshipTitle : words.correctTitle}
      okText={isReship ? words.confirmReship : words.retry}
      initialValues={{
        ...{ carrier: shipment.carrier ?? '', trackingNo: trackingNo ?? '' },
        ...{ itemDesc, receiverContact: receiverContact ?? '' },
      }}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={isReship && <Alert className="gap-below" type="warning" title={words.reshipOnce} />}
    >
      {(kind === 'EXPRESS' || kind === 'SAME_CITY') && (
        <ParcelFields carrier={carrier} isExpress={kind === 'EXPRESS'} />
      )}
      <DescriptionField />
    </FormDialog>
  );
}

function useCorrection(
  { orderNo, shipment: { shipmentNo }, isReship, onClose }: Wanted,
  form: FormInstance<TypedParcel>,
): ReturnType<typeof useAction<TypedParcel>> {
  const { shipping: words } = useWords();
  const { message } = App.useApp();
  const carriers = useCarriers();
  return useAction({
    form,
    work: (typed: TypedParcel) => {
      const call = { params: { path: { orderNo, shipmentNo } }, body: saidOf(typed, carriers) };
      return answered<Shipment>(
        isReship
          ? api.POST('/admin/api/orders/{orderNo}/shipments/{shipmentNo}/reship', call)
          : api.POST('/admin/api/orders/{orderNo}/shipments/{shipmentNo}/retry', call),
      );
    },
    then: () => {
      void message.success(words.retried);
      onClose();
    },
  });
}
