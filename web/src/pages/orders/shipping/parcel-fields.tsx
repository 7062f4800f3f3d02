import { AutoComplete, Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { Schemas } from '../../../api/client.js';
import { useLanguage, useTranslations } from '../../../i18n/language-provider.js';
import { carrierCode, carrierLabel } from './carrier-code.js';
import { useCarriers } from './use-carriers.js';

/** Form values of a parcel, as typed. */
export interface ParcelForm {
  carrier?: string;
  trackingNo?: string;
  itemDesc?: string;
  receiverContact?: string;
}

/** SF Express requires the receiver's phone number with each parcel. */
const SF = 'SF';

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

/** The fields for this way of delivery. SF Express requires the receiver's phone number. */
export function ParcelFields({ kind }: { kind: Schemas['ShipmentView']['kind'] }): ReactNode {
  const { common, shipping: t } = useTranslations();
  const carrier = Form.useWatch<string | undefined>('carrier');
  const isSf = carrierCode(carrier ?? '', useCarriers()) === SF;
  const isExpress = kind === 'EXPRESS';
  return (
    <>
      {(isExpress || kind === 'SAME_CITY') && (
        <>
          <CarrierField isExpress={isExpress} />
          <Form.Item
            name="trackingNo"
            label={t.trackingNo}
            rules={[{ required: isExpress, whitespace: true, message: common.required }]}
          >
            <Input maxLength={128} autoComplete="off" />
          </Form.Item>
        </>
      )}
      {isExpress && (
        <Form.Item
          name="receiverContact"
          label={t.receiverContact}
          extra={t.contactHint}
          rules={[{ required: isSf, whitespace: true, message: common.required }]}
        >
          <Input maxLength={32} inputMode="tel" autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="itemDesc" label={t.itemDesc} extra={t.itemDescHint}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
    </>
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
  const { common, shipping: t } = useTranslations();
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
      rules={[{ required: isExpress, whitespace: true, message: common.required }, known]}
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
