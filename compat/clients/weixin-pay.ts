import { Readable } from 'node:stream';
import { requireClient, type CompatClient } from '../client.ts';
import { orderFields, readOrder, readPayment, refundFields, type Fields } from './v2-fields.ts';

type Callback = (error: Error | null, fields: Fields) => void;
type Call = (input: object, done: Callback) => void;
interface Response {
  end: (body: string) => void;
  success?: () => void;
}
interface WeixinPay {
  createUnifiedOrder: Call;
  getBrandWCPayRequestParams: Call;
  queryOrder: Call;
  closeOrder: Call;
  refund: Call;
  sign: (fields: Fields) => string;
  useWXCallback: (read: (fields: Fields) => void) => (request: Readable, response: Response) => void;
}

/** v2, callbacks. It checks no signature; a merchant compares `sign` with the result of its own `sign`, as is done here. */
export const weixinPay: CompatClient = {
  name: 'weixin-pay',
  api: 'v2',
  create({ appid, mchId, apiKey, p12 }) {
    const factory = requireClient('weixin-pay') as (options: object) => WeixinPay;
    const client = factory({ appid, mch_id: mchId, partner_key: apiKey, pfx: p12 });
    const call = async (method: 'createUnifiedOrder' | 'queryOrder' | 'closeOrder' | 'refund', input: object) => {
      const fields = await promised((done) => client[method](input, done));
      if (fields['result_code'] !== 'SUCCESS') throw new Error(JSON.stringify(fields));
      return assertSigned(client, fields);
    };
    return {
      createOrder: async (purchase) => (await call('createUnifiedOrder', orderFields(purchase)))['prepay_id'] ?? '',
      signPayment: (purchase) => promised((done) => client.getBrandWCPayRequestParams(orderFields(purchase), done)),
      queryOrder: async (number) => readOrder(await call('queryOrder', { out_trade_no: number })),
      closeOrder: (number) => call('closeOrder', { out_trade_no: number }),
      refund: async (input) =>
        (await call('refund', { ...refundFields(input), op_user_id: mchId }))['out_refund_no'] ?? '',
      async readPaymentNotice({ body }) {
        let reply = '';
        const response: Response = { end: (text) => (reply = text) };
        const fields = await promised((done) => {
          const handle = client.useWXCallback((message) => {
            response.success?.();
            done(null, message);
          });
          handle(Readable.from([Buffer.from(body)]), response);
        });
        return { ...readPayment(assertSigned(client, fields)), reply };
      },
    };
  },
};

function promised(work: (done: Callback) => void): Promise<Fields> {
  return new Promise((resolve, reject) => work((error, fields) => (error ? reject(error) : resolve(fields))));
}

function assertSigned(client: WeixinPay, fields: Fields): Fields {
  if (client.sign(fields) !== fields['sign']) throw new Error(`The signature is wrong: ${JSON.stringify(fields)}`);
  return fields;
}
