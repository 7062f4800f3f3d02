import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useLanguage, useTranslations } from '../../i18n/language-provider.js';
import { carrierCode, carrierLabel } from './carrier-code.js';

/** Form values of a parcel, as typed. */
export interface ParcelForm {
  carrier?: string;
  trackingNo?: string;
  itemDesc?: string;
  receiverContact?: string;
}

/** SF Express requires the receiver's phone number with each parcel. */
const SF = 'SF';

/** The common carriers with WeChat's codes. */
export function useCarriers(): Schemas['CarrierView'][] {
  const { data } = useQuery({
    queryKey: ['carriers'],
    queryFn: () => unwrap(api.GET('/admin/api/carriers')),
    staleTime: Infinity,
  });
  return data?.items ?? [];
}

/**
 * The request body without empty fields, which the service rejects. A carrier's name is replaced by its code. A local
 * delivery company may have any name.
 */
export function parcelBody(
  { carrier = '', trackingNo, itemDesc, receiverContact }: ParcelForm,
  carriers: Schemas['CarrierView'][],
): ParcelForm {
  const body = { carrier: carrierCode(carrier, carriers) ?? carrier, trackingNo, itemDesc, receiverContact };
  const trimmed = Object.entries(body).map(([name, text]) => [name, text?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== undefined && text !== ''));
}

/** Carrier, tracking number and, for express parcels, the receiver's phone number, which SF Express requires. */
export function ParcelFields({ carrier, isExpress }: { carrier: string | undefined; isExpress: boolean }): ReactNode {
  const { shipping: t } = useTranslations();
  const isSf = carrierCode(carrier ?? '', useCarriers()) === SF;
  const needed = [{ required: isExpress, whitespace: true, message: t.required }];
  return (
    <>
      <CarrierField isExpress={isExpress} />
      <Form.Item name="trackingNo" label={t.trackingNo} rules={needed}>
        <Input maxLength={128} autoComplete="off" />
      </Form.Item>
      {isExpress && (
        <Form.Item
          name="receiverContact"
          label={t.receiverContact}
          extra={t.contactHint}
          rules={[{ required: isSf, whitespace: true, message: t.required }]}
        >
          <Input maxLength={32} inputMode="tel" autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

export function DescriptionField(): ReactNode {
  const { shipping: t } = useTranslations();
  return (
    <Form.Item name="itemDesc" label={t.itemDesc} extra={t.itemDescHint}>
      <Input maxLength={120} autoComplete="off" />
    </Form.Item>
  );
}

/** Enter in the open list selects an option. Only the next Enter submits the form. */
function useEnterSelectsOption() {
  const isOpen = useRef(false);
  return {
    onOpenChange: (next: boolean): void => {
      isOpen.current = next;
    },
    onInputKeyDown: (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && isOpen.current) event.preventDefault();
    },
  };
}

/** Suggests the common carriers by name. Any other WeChat code can be typed. */
function CarrierField({ isExpress }: { isExpress: boolean }): ReactNode {
  const { shipping: t } = useTranslations();
  const { language } = useLanguage();
  const carriers = useCarriers();
  const enterPicks = useEnterSelectsOption();
  const options = carriers.map((carrier) => ({ value: carrier.code, label: carrierLabel(carrier, language) }));
  const known: Rule = {
    validator: (_rule, typed: unknown) => {
      const isUnknown = typeof typed === 'string' && typed.trim() !== '' && carrierCode(typed, carriers) === null;
      return isExpress && isUnknown ? Promise.reject(new Error(t.carrierUnknown)) : Promise.resolve();
    },
  };
  return (
    <Form.Item
      name="carrier"
      label={isExpress ? t.carrier : t.localCarrier}
      extra={isExpress ? t.carrierHint : t.localCarrierHint}
      validateTrigger="onSubmit"
      rules={[{ required: isExpress, whitespace: true, message: t.required }, known]}
    >
      <AutoComplete
        options={isExpress ? options : []}
        showSearch={{
          filterOption: (typed, option) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
        }}
        {...enterPicks}
      />
    </Form.Item>
  );
}
