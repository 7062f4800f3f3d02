import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { useSpeech, useWords } from '../../words/words.js';

/** What somebody types about a parcel. */
export interface TypedParcel {
  carrier?: string;
  trackingNo?: string;
  itemDesc?: string;
  receiverContact?: string;
}

/** Wants the end of the receiver's number with each parcel. */
const SF = 'SF';

/** What is typed, without what is empty: the service takes no empty texts. */
export function saidOf({ carrier, trackingNo, itemDesc, receiverContact }: TypedParcel): TypedParcel {
  const said = { carrier, trackingNo, itemDesc, receiverContact };
  const typed = Object.entries(said).map(([name, text]) => [name, text?.trim()] as const);
  return Object.fromEntries(typed.filter(([, text]) => text !== undefined && text !== ''));
}

/** Carrier, number and what is in it; for whom SF needs a number of the receiver. */
export function ParcelFields({ carrier, isExpress }: { carrier: string | undefined; isExpress: boolean }): ReactNode {
  const { shipping: words } = useWords();
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
          rules={[{ required: carrier === SF, whitespace: true, message: words.needed }]}
        >
          <Input maxLength={32} inputMode="tel" autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

export function DescriptionField(): ReactNode {
  const { shipping: words } = useWords();
  return (
    <Form.Item name="itemDesc" label={words.itemDesc} extra={words.itemDescHint}>
      <Input maxLength={120} autoComplete="off" />
    </Form.Item>
  );
}

/** The usual carriers by their names; any other code of WeChat's may be typed. */
function CarrierField({ isExpress }: { isExpress: boolean }): ReactNode {
  const { shipping: words } = useWords();
  const { language } = useSpeech();
  const { data } = useQuery({
    queryKey: ['carriers'],
    queryFn: () => answered(api.GET('/admin/api/carriers')),
    staleTime: Infinity,
  });
  const options = (data?.items ?? []).map(({ code, name, nameZh }) => {
    return { value: code, label: `${language === 'zh' ? nameZh : name} · ${code}` };
  });
  return (
    <Form.Item
      name="carrier"
      label={isExpress ? words.carrier : words.messenger}
      extra={isExpress ? words.carrierHint : undefined}
      rules={[{ required: isExpress, whitespace: true, message: words.needed }]}
    >
      <AutoComplete
        options={isExpress ? options : []}
        showSearch={{
          filterOption: (typed, option) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
        }}
      />
    </Form.Item>
  );
}
