import { Readable } from 'node:stream';
import { requireClient, type CompatClient, type Notice } from '../client.ts';
import {
  orderFields,
  readOrder,
  readPayment,
  readRefund,
  readRefundInfo,
  refundFields,
  type Fields,
} from './v2-fields.ts';

type Call = (input: object) => Promise<Fields>;
interface Response {
  end: (body: string) => void;
  success?: () => void;
}
interface WechatPayment {
  createUnifiedOrder: Call;
  getBrandWCPayRequestParams: Call;
  queryOrder: Call;
  closeOrder: Call;
  refund: Call;
  queryRefund: Call;
}
interface WechatPaymentConstructor {
  new (options: object): WechatPayment;
  wxCallback: (
    read: (fields: Fields | Error | null) => void,
    apiKey: string,
    type: 'payment' | 'refund',
  ) => (request: Readable, response: Response) => void;
}

/** v2. It checks the signature of payment notices, not of answers, and decrypts refund notices. */
export const wechatPaymentNode: CompatClient = {
  name: 'wechat-payment-node',
  api: 'v2',
  create({ appid, mchId, apiKey, p12 }) {
    const { default: Constructor } = requireClient('wechat-payment-node') as { default: WechatPaymentConstructor };
    const client = new Constructor({ appid, mch_id: mchId, apiKey, pfx: p12, notify_url: '', trade_type: 'JSAPI' });
    const call = async (method: Exclude<keyof WechatPayment, 'getBrandWCPayRequestParams'>, input: object) => {
      const fields = await client[method](input);
      if (fields['result_code'] !== 'SUCCESS') throw new Error(JSON.stringify(fields));
      return fields;
    };
    const read = async (type: 'payment' | 'refund', { body }: Notice) => {
      let reply = '';
      const response: Response = { end: (text) => (reply = text) };
      const fields = await new Promise<Fields>((resolve, reject) => {
        const handle = Constructor.wxCallback(
          (message) => {
            if (message === null || message instanceof Error) {
              reject(message ?? new Error('The client finds the signature wrong.'));
              return;
            }
            response.success?.();
            resolve(message);
          },
          apiKey,
          type,
        );
        handle(Readable.from([Buffer.from(body)]), response);
      });
      return { fields, reply };
    };
    return {
      createOrder: async (purchase) => (await call('createUnifiedOrder', orderFields(purchase)))['prepay_id'] ?? '',
      signPayment: (purchase) => client.getBrandWCPayRequestParams(orderFields(purchase)),
      queryOrder: async (number) => readOrder(await call('queryOrder', { out_trade_no: number })),
      closeOrder: (number) => call('closeOrder', { out_trade_no: number }),
      refund: async (input) => (await call('refund', refundFields(input)))['out_refund_no'] ?? '',
      queryRefund: async (number) => readRefund(await call('queryRefund', { out_refund_no: number })),
      async readPaymentNotice(notice) {
        const { fields, reply } = await read('payment', notice);
        return { ...readPayment(fields), reply };
      },
      async readRefundNotice(notice) {
        const { fields, reply } = await read('refund', notice);
        return { ...readRefundInfo(fields), reply };
      },
    };
  },
};
