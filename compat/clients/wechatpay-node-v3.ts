import { requireClient, type CompatClient, type Notice } from '../client.ts';
import { ACCEPTED, orderBody, partsOf, readRefundOf, readTransaction, refundBody } from './v3-fields.ts';
import type { Refund, Transaction } from './v3-fields.ts';

/** An answer. A refusal of WeChat does not throw. */
interface Output<Data> {
  status: number;
  data?: Data;
  error?: unknown;
}
interface Pay {
  transactions_jsapi: (input: object) => Promise<Output<Record<string, string>>>;
  query: (input: { out_trade_no: string }) => Promise<Output<Transaction>>;
  close: (outTradeNo: string) => Promise<Output<unknown>>;
  refunds: (input: object) => Promise<Output<Refund>>;
  find_refunds: (outRefundNo: string) => Promise<Output<Refund>>;
  tradebill: (input: object) => Promise<Output<{ download_url: string }>>;
  downloadBill: (url: string) => Promise<Output<string>>;
  verifySign: (parts: object) => Promise<boolean>;
  decipher_gcm: (ciphertext: string, associatedData: string, nonce: string) => unknown;
}

/**
 * v3. It does not check the signatures of answers. It verifies notices with platform certificates, which it downloads and
 * decrypts; it does not know WeChat's public key. `transactions_jsapi` creates the order and signs the payment.
 */
export const wechatpayNodeV3: CompatClient = {
  name: 'wechatpay-node-v3',
  api: 'v3, certificates',
  behaviours: { v3Keys: 'certificate', v3Certificates: 'one' },
  create({ appid, mchId, apiV3Key, certificate, privateKey }) {
    const Pay = requireClient('wechatpay-node-v3') as new (options: object) => Pay;
    const client = new Pay({
      appid,
      mchid: mchId,
      publicKey: Buffer.from(certificate),
      privateKey: Buffer.from(privateKey),
      key: apiV3Key,
    });
    let signed: Record<string, string> = {};
    const read = async (notice: Notice): Promise<unknown> => {
      const { resource, ...parts } = partsOf(notice);
      if (!(await client.verifySign({ ...parts, apiSecret: apiV3Key }))) throw new Error('The signature is wrong.');
      return client.decipher_gcm(resource.ciphertext, resource.associated_data, resource.nonce);
    };
    return {
      async createOrder(purchase) {
        signed = dataOf(await client.transactions_jsapi(orderBody(purchase)));
        return signed['package']?.replace('prepay_id=', '') ?? '';
      },
      signPayment: () => Promise.resolve(signed),
      queryOrder: async (number) => readTransaction(dataOf(await client.query({ out_trade_no: number }))),
      async closeOrder(number) {
        const output = await client.close(number);
        if (output.status !== 204) throw new Error(JSON.stringify(output));
      },
      refund: async (input) => dataOf(await client.refunds(refundBody(input))).out_refund_no ?? '',
      queryRefund: async (number) => readRefundOf(dataOf(await client.find_refunds(number))),
      async downloadBill(date) {
        const { download_url: url } = dataOf(await client.tradebill({ bill_date: date, bill_type: 'ALL' }));
        return dataOf(await client.downloadBill(url));
      },
      readPaymentNotice: async (notice) => ({ ...readTransaction((await read(notice)) as Transaction), ...ACCEPTED }),
      readRefundNotice: async (notice) => ({ ...readRefundOf((await read(notice)) as Refund), ...ACCEPTED }),
    };
  },
};

function dataOf<Data>(output: Output<Data>): Data {
  if (output.status !== 200 || output.data === undefined) throw new Error(JSON.stringify(output));
  return output.data;
}
