import { createHash } from 'node:crypto';
import { requireClient, type CompatClient, type Merchant, type Notice } from '../client.ts';
import {
  orderFields,
  readOrder,
  readPayment,
  readRefund,
  readRefundInfo,
  refundFields,
  type Fields,
} from './v2-fields.ts';
import { ACCEPTED, orderBody, partsOf, readRefundOf, readTransaction, refundBody } from './v3-fields.ts';
import type { Refund, Transaction } from './v3-fields.ts';

interface Endpoint<Body> {
  post: (input: object, options?: object) => Promise<{ data: Body }>;
}
interface Wechatpay {
  chain: (path: string) => Chain;
  v2: {
    pay: Record<'unifiedorder' | 'orderquery' | 'closeorder' | 'refundquery', Endpoint<Fields>> & {
      downloadbill: Endpoint<string>;
    };
    secapi: { pay: { refund: Endpoint<Fields> } };
  };
}
interface Plugin {
  Wechatpay: new (options: object) => Wechatpay;
  Aes: {
    AesEcb: { decrypt: (text: string, key: string) => string };
    AesGcm: { decrypt: (text: string, key: string, nonce: string, associatedData: string) => string };
  };
  Formatter: {
    nonce: () => string;
    timestamp: () => number;
    response: (timestamp: string, nonce: string, body: string) => string;
    joinedByLineFeed: (...parts: string[]) => string;
  };
  Rsa: {
    sign: (text: string, privateKey: string) => string;
    verify: (text: string, signature: string, publicKey: string) => boolean;
  };
  Hash: {
    md5: (text: string) => string;
    sign: (type: 'MD5', fields: Fields, key: string) => string;
    equals: (known: string, given: string | undefined) => boolean;
  };
  Transformer: { toXml: (fields: Fields) => string; toObject: (text: string) => Fields };
}

/** v2. It checks the signature of each answer and of notices, and decrypts refund notices. */
export const axiosPluginV2: CompatClient = {
  name: 'wechatpay-axios-plugin',
  api: 'v2',
  create(merchant) {
    const plugin = requireClient('wechatpay-axios-plugin') as Plugin;
    const { Aes, Formatter, Hash, Transformer } = plugin;
    const { appid, mchId, apiKey } = merchant;
    const { pay, secapi } = createClient(plugin, merchant).v2;
    const identity = { appid, mch_id: mchId };
    const reply = Transformer.toXml({ return_code: 'SUCCESS', return_msg: 'OK' });
    const send = async (endpoint: Endpoint<Fields>, input: object, options?: object) =>
      (await endpoint.post({ ...identity, ...input }, options)).data;
    return {
      createOrder: async (purchase) => (await send(pay.unifiedorder, orderFields(purchase)))['prepay_id'] ?? '',
      signPayment(_, prepayId) {
        const timeStamp = String(Formatter.timestamp());
        const fields = { appId: appid, timeStamp, nonceStr: Formatter.nonce(), package: `prepay_id=${prepayId}` };
        const signed = { ...fields, signType: 'MD5' };
        return Promise.resolve({ ...signed, paySign: Hash.sign('MD5', signed, apiKey) });
      },
      queryOrder: async (number) => readOrder(await send(pay.orderquery, { out_trade_no: number })),
      closeOrder: (number) => send(pay.closeorder, { out_trade_no: number }),
      // `security`: with the merchant's certificate.
      refund: async (input) =>
        (await send(secapi.pay.refund, refundFields(input), { security: true }))['out_refund_no'] ?? '',
      queryRefund: async (number) => readRefund(await send(pay.refundquery, { out_refund_no: number })),
      async downloadBill(date) {
        const input = { ...identity, bill_date: date.replaceAll('-', ''), bill_type: 'ALL' };
        return (await pay.downloadbill.post(input, { transformResponse: [] })).data;
      },
      readPaymentNotice({ body }) {
        const fields = Transformer.toObject(body);
        const isSigned = Hash.equals(Hash.sign('MD5', fields, apiKey), fields['sign']);
        if (!isSigned) throw new Error('The signature is wrong.');
        return Promise.resolve({ ...readPayment(fields), reply });
      },
      readRefundNotice({ body }) {
        const { req_info: encrypted = '' } = Transformer.toObject(body);
        const info = Transformer.toObject(Aes.AesEcb.decrypt(encrypted, Hash.md5(apiKey)));
        return Promise.resolve({ ...readRefundInfo(info), reply });
      },
    };
  },
};

/** The answers of the calls that are made here. */
interface Chain {
  get: (options: object) => Promise<{ data: Transaction & Refund & Bill }>;
  post: (input: object, options?: object) => Promise<{ data: Refund & { prepay_id?: string } }>;
}

interface Bill {
  download_url?: string;
  /** SHA-1 of the file */
  hash_value?: string;
}

/** v3, with WeChat's public key. It checks the signature of each answer. */
export const axiosPluginV3: CompatClient = {
  name: 'wechatpay-axios-plugin',
  api: 'v3, public key',
  create(merchant) {
    const plugin = requireClient('wechatpay-axios-plugin') as Plugin;
    const { Aes, Formatter, Rsa } = plugin;
    const { appid, mchId, apiV3Key, privateKey, wechatPublicKey } = merchant;
    const client = createClient(plugin, merchant);
    const order = 'v3/pay/transactions/out-trade-no/{out_trade_no}';
    const refunds = 'v3/refund/domestic/refunds';
    const identity = { appid, mchid: mchId };
    const read = (notice: Notice): unknown => {
      const { timestamp, nonce, signature, body, resource } = partsOf(notice);
      const text = Formatter.response(timestamp, nonce, body);
      if (!Rsa.verify(text, signature, wechatPublicKey)) throw new Error('The signature is wrong.');
      return JSON.parse(Aes.AesGcm.decrypt(resource.ciphertext, apiV3Key, resource.nonce, resource.associated_data));
    };
    return {
      async createOrder(purchase) {
        const input = { ...identity, ...orderBody(purchase) };
        return (await client.chain('v3/pay/transactions/jsapi').post(input)).data.prepay_id ?? '';
      },
      signPayment(_, prepayId) {
        const timeStamp = String(Formatter.timestamp());
        const [nonceStr, text] = [Formatter.nonce(), `prepay_id=${prepayId}`];
        const paySign = Rsa.sign(Formatter.joinedByLineFeed(appid, timeStamp, nonceStr, text), privateKey);
        return Promise.resolve({ appId: appid, timeStamp, nonceStr, package: text, signType: 'RSA', paySign });
      },
      async queryOrder(number) {
        const options = { params: { mchid: mchId }, out_trade_no: number };
        return readTransaction((await client.chain(order).get(options)).data);
      },
      closeOrder: (number) => client.chain(`${order}/close`).post({ mchid: mchId }, { out_trade_no: number }),
      refund: async (input) => (await client.chain(refunds).post(refundBody(input))).data.out_refund_no ?? '',
      async queryRefund(number) {
        const options = { out_refund_no: number };
        return readRefundOf((await client.chain(`${refunds}/{out_refund_no}`).get(options)).data);
      },
      async downloadBill(date) {
        const params = { bill_date: date, bill_type: 'ALL' };
        const { download_url: url = '', hash_value: hash } = (await client.chain('v3/bill/tradebill').get({ params }))
          .data;
        const { searchParams } = new URL(url);
        const options = { params: searchParams, responseType: 'arraybuffer' };
        const { data } = await client.chain('v3/billdownload/file').get(options);
        const file = Buffer.from(data as Uint8Array);
        if (createHash('sha1').update(file).digest('hex') !== hash) throw new Error('The hash of the file is wrong.');
        return file.toString();
      },
      readPaymentNotice: (notice) => Promise.resolve({ ...readTransaction(read(notice) as Transaction), ...ACCEPTED }),
      readRefundNotice: (notice) => Promise.resolve({ ...readRefundOf(read(notice) as Refund), ...ACCEPTED }),
    };
  },
};

/** The constructor requires the credentials of both versions. */
function createClient({ Wechatpay }: Plugin, merchant: Merchant): Wechatpay {
  const { mchId, apiKey, certificate, privateKey } = merchant;
  return new Wechatpay({
    mchid: mchId,
    serial: merchant.certificateSerial,
    privateKey,
    certs: { [merchant.wechatPublicKeyId]: merchant.wechatPublicKey },
    secret: apiKey,
    merchant: { cert: certificate, key: privateKey },
  });
}
