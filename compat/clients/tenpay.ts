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

/** The parts of Express that the middleware uses. */
interface Request {
  body: string;
  weixin?: Fields & { req_info?: Fields };
}
interface Response {
  header: () => void;
  send: (body: string) => void;
  reply?: () => void;
}
interface Tenpay {
  unifiedOrder: (input: object) => Promise<Fields>;
  getPayParamsByPrepay: (order: { prepay_id: string }) => Fields;
  orderQuery: (input: object) => Promise<Fields>;
  closeOrder: (input: object) => Promise<Fields>;
  refund: (input: object) => Promise<Fields>;
  refundQuery: (input: object) => Promise<Fields>;
  downloadBill: (input: object) => Promise<string>;
  middlewareForExpress: (
    type: 'pay' | 'refund',
  ) => (request: Request, response: Response, next: () => void) => Promise<void>;
}

/** v2. It checks the signatures of answers and payment notices, and decrypts refund notices. */
export const tenpay: CompatClient = {
  name: 'tenpay',
  api: 'v2',
  create({ appid, mchId, apiKey, p12 }) {
    const Constructor = requireClient('tenpay') as new (options: object) => Tenpay;
    const client = new Constructor({ appid, mchid: mchId, partnerKey: apiKey, pfx: p12 });
    return {
      createOrder: async (purchase) => (await client.unifiedOrder(orderFields(purchase)))['prepay_id'] ?? '',
      signPayment: (_, prepayId) => Promise.resolve(client.getPayParamsByPrepay({ prepay_id: prepayId })),
      queryOrder: async (number) => readOrder(await client.orderQuery({ out_trade_no: number })),
      closeOrder: (number) => client.closeOrder({ out_trade_no: number }),
      refund: async (input) => (await client.refund(refundFields(input)))['out_refund_no'] ?? '',
      queryRefund: async (number) => readRefund(await client.refundQuery({ out_refund_no: number })),
      downloadBill: (date) => client.downloadBill({ bill_date: date.replaceAll('-', '') }),
      async readPaymentNotice(notice) {
        const { fields, reply } = await runMiddleware(client, 'pay', notice);
        return { ...readPayment(fields), reply };
      },
      async readRefundNotice(notice) {
        const { fields, reply } = await runMiddleware(client, 'refund', notice);
        return { ...readRefundInfo(fields.req_info ?? {}), reply };
      },
    };
  },
};

/** @throws with the client's answer when it refuses the notice */
async function runMiddleware(client: Tenpay, type: 'pay' | 'refund', { body }: Notice) {
  const request: Request = { body };
  let reply = '';
  const response: Response = { header: () => undefined, send: (text) => (reply = text) };
  await client.middlewareForExpress(type)(request, response, () => response.reply?.());
  if (!request.weixin) throw new Error(reply);
  return { fields: request.weixin, reply };
}
