import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useLanguage, useTranslations } from '../../i18n/language-provider.js';
import { carrierCode, carrierLabel } from './carrier-code.js';

/** What somebody types about a parcel. */
export interface ParcelForm {
  carrier?: string;
  trackingNo?: string;
  itemDesc?: string;
  receiverContact?: string;
}

/** Wants the end of the receiver's number with each parcel. */
const SF = 'SF';

/** The carriers that WeChat's codes are suggested for. */
export function useCarriers(): Schemas['CarrierView'][] {
  const { data } = useQuery({
    queryKey: ['carriers'],
    queryFn: () => unwrap(api.GET('/admin/api/carriers')),
    staleTime: Infinity,
  });
  return data?.items ?? [];
}

/**
 * What is typed, without what is empty: the service takes no empty texts. A carrier that was typed by its name becomes its
 * code; a service within the city may be called as one likes.
 */
export function parcelBody(
  { carrier = '', trackingNo, itemDesc, receiverContact }: ParcelForm,
  carriers: Schemas['CarrierView'][],
): ParcelForm {
  const said = { carrier: carrierCode(carrier, carriers) ?? carrier, trackingNo, itemDesc, receiverContact };
  const typed = Object.entries(said).map(([name, text]) => [name, text?.trim()] as const);
  return Object.fromEntries(typed.filter(([, text]) => text !== undefined && text !== ''));
}

/** Carrier, number and what is in it; for whom SF needs a number of the receiver. */
export function ParcelFields({ carrier, isExpress }: { carrier: string | undefined; isExpress: boolean }): ReactNode {
  const { shipping: words } = useTranslations();
  const isSf = carrierCode(carrier ?? '', useCarriers()) === SF;
  const needed = [{ required: isExpress, whitespace: true, message: words.needed }];
  return (
    <>
      <CarrierField isExpress={isExpress} />
      <Form.Item name="trackingNo" label={words.trackingNo} rules={needed}>
        <Input maxLength={128} autoComplete="off" />
      </Form.Item>
      {isExpress && (
        <Form.Item
          name="receiverContact"
          label={words.receiverContact}
          extra={words.contactHint}
          rules={[{ required: isSf, whitespace: true, message: words.needed }]}
        >
          <Input maxLength={32} inputMode="tel" autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

export function DescriptionField(): ReactNode {
  const { shipping: words } = useTranslations();
  return (
    <Form.Item name="itemDesc" label={words.itemDesc} extra={words.itemDescHint}>
      <Input maxLength={120} autoComplete="off" />
    </Form.Item>
  );
}

/** Enter in the open list picks from it; only the next one sends the form. */
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

/** The usual carriers by their names; any other code of WeChat's may be typed. */
function CarrierField({ isExpress }: { isExpress: boolean }): ReactNode {
  const { shipping: words } = useTranslations();
  const { language } = useLanguage();
  const carriers = useCarriers();
  const enterPicks = useEnterSelectsOption();
  const options = carriers.map((carrier) => ({ value: carrier.code, label: carrierLabel(carrier, language) }));
  const known: Rule = {
    validator: (_rule, typed: unknown) => {
      const isUnknown = typeof typed === 'string' && typed.trim() !== '' && carrierCode(typed, carriers) === null;
      return isExpress && isUnknown ? Promise.reject(new Error(words.carrierUnknown)) : Promise.resolve();
    },
  };
  return (
    <Form.Item
      name="carrier"
      label={isExpress ? words.carrier : words.messenger}
      extra={isExpress ? words.carrierHint : words.messengerHint}
      validateTrigger="onSubmit"
      rules={[{ required: isExpress, whitespace: true, message: words.needed }, known]}
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
