import { createRequire } from 'node:module';
import type { SimulatorSchemas } from '../tools/client/simulator-client.ts';

/** Loads a client by its name. The caller describes the parts that it uses, because the clients are installed only here. */
export const requireClient = createRequire(import.meta.url);

/** The merchant's credentials, as the merchant platform issues them. */
export interface Merchant {
  appid: string;
  mchId: string;
  /** The key of API v2. */
  apiKey: string;
  apiV3Key: string;
  /** WeChat's public key, which verifies answers and notices of API v3. PEM */
  wechatPublicKey: string;
  wechatPublicKeyId: string;
  /** PEM */
  certificate: string;
  certificateSerial: string;
  /** PEM */
  privateKey: string;
  /** The file apiclient_cert.p12. Its password is the merchant number. */
  p12: Buffer;
}

export interface Purchase {
  outTradeNo: string;
  amountFen: number;
  openid: string;
  notifyUrl: string;
}

export interface RefundInput {
  outTradeNo: string;
  outRefundNo: string;
  /** The amount of the payment, and of this refund. */
  paidFen: number;
  refundFen: number;
  notifyUrl: string;
}

/** A notice as it arrives. */
export interface Notice {
  headers: Record<string, string>;
  body: string;
}

/** What a client has read: the state in WeChat's words, the number of the payment or refund, and its amount. */
export interface Reading {
  state: string;
  number: string;
  amountFen: number;
}

/** What a client has read from a notice, and what it answers. */
export interface NoticeReading extends Reading {
  status?: number;
  reply: string;
}

/** A client of someone else. */
export interface CompatClient {
  /** The name of its npm package. */
  name: string;
  /** The protocol, and for v3 how the client verifies WeChat's signatures. */
  api: 'v2' | 'v3, public key' | 'v3, certificates' | 'v2, by proxy' | 'v3, by proxy';
  /** The simulator's behaviour that the client needs. */
  behaviours?: SimulatorSchemas['BehaviourChanges'];
  create(merchant: Merchant): CompatMethods;
}

/**
 * The client's methods under our names; a method that it does not offer is absent. Each one calls WeChat or reads a notice
 * with the client's own code, and throws when the client refuses the answer or the notice.
 */
export interface CompatMethods {
  /** @returns the prepay_id */
  createOrder: (purchase: Purchase) => Promise<string>;
  /** @returns the parameters of `wx.requestPayment` */
  signPayment?: (purchase: Purchase, prepayId: string) => Promise<Record<string, string>>;
  readPaymentNotice?: (notice: Notice) => Promise<NoticeReading>;
  queryOrder?: (outTradeNo: string) => Promise<Reading>;
  closeOrder?: (outTradeNo: string) => Promise<unknown>;
  /** @returns the number of the refund, from WeChat's answer */
  refund?: (input: RefundInput) => Promise<string>;
  queryRefund?: (outRefundNo: string) => Promise<Reading>;
  readRefundNotice?: (notice: Notice) => Promise<NoticeReading>;
  /** @param date `yyyy-MM-dd` @returns the text of the trade bill */
  downloadBill?: (date: string) => Promise<string>;
}
