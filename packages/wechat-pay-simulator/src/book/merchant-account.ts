import { Injectable } from '@nestjs/common';
import { AccountLedger } from '../account/account-ledger.js';
import {
  abnormalRefundPostings,
  paymentPostings,
  Posting,
  refundPostings,
  returnedRefundPostings,
  TradeMoney,
} from '../account/postings.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { settlementFen, Transaction, WechatOrder } from './wechat-order.js';
import { WechatRefund } from './wechat-refund.js';

/** The merchant's balance at WeChat, from which refunds are paid, and the settings of the merchant platform. */
@Injectable()
export class MerchantAccount {
  /** Address for notices of refunds without a notify_url, as set in the merchant platform. */
  refundNotifyUrl: string | undefined;
  /** Domains whose pages may link to an mweb_url; undefined: all. */
  h5Domains: readonly string[] | undefined;
  /** Addresses that may request access tokens; undefined: all. */
  ipWhitelist: readonly string[] | undefined;
  private isUnlimited = false;

  constructor(
    private readonly ledger: AccountLedger,
    private readonly identifiers: IdentifierGenerator,
    private readonly behaviours: Behaviours,
    private readonly settings: SimulatorSettings,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.isUnlimited = false;
      this.refundNotifyUrl = undefined;
      this.h5Domains = undefined;
      this.ipWhitelist = undefined;
    });
  }

  /** null: unlimited. */
  get balanceFen(): number | null {
    return this.isUnlimited ? null : this.ledger.balanceFen;
  }

  /** By a top-up or a withdrawal of the difference. null: unlimited, the account is topped up when a refund needs it. */
  setBalance(fen: number | null): void {
    this.isUnlimited = fen === null;
    if (fen !== null) this.move(fen - this.ledger.balanceFen);
  }

  topUp(fen: number): void {
    this.move(fen);
  }

  /** To the merchant's bank. Returns false and takes nothing when the balance is too low. */
  withdraw(fen: number): boolean {
    if (!this.canPay(fen)) return false;
    this.move(-fen);
    return true;
  }

  /** The settled amount comes in, and the fee goes out. */
  receivePayment(order: WechatOrder, transaction: Transaction): void {
    this.ledger.book(
      paymentPostings(paymentMoney(order, transaction)),
      transaction.paidAt,
      this.settings.isBilled(order),
    );
  }

  /** Returns false and takes nothing when the balance is too low. The fee comes back with the refund. */
  payRefund(refund: WechatRefund): boolean {
    if (!this.canPay(refund.settlementFen - refund.feeFen)) return false;
    const postings = this.postingsOfRefund(refund, refundMoney(refund));
    this.ledger.book(postings, refund.acceptedAt, this.settings.isBilled(refund.order));
    return true;
  }

  /** The same for an abnormal refund, whose money came back, when it is paid out after all. The trade bill has it once. */
  payAbnormalRefund(refund: WechatRefund): boolean {
    if (!this.canPay(refund.settlementFen - refund.feeFen)) return false;
    this.ledger.book(abnormalRefundPostings(refundMoney(refund)), undefined, this.settings.isBilled(refund.order));
    return true;
  }

  /** The money of a refund that did not reach the payer comes back, without the fee that the merchant had got back. */
  takeBackRefund(refund: WechatRefund): void {
    this.ledger.book(returnedRefundPostings(refundMoney(refund)), refund.endedAt, this.settings.isBilled(refund.order));
  }

  postingsOfRefund({ source }: WechatRefund, money: TradeMoney): Posting[] {
    const { mch_id } = this.settings.merchant;
    const applicant = source === 'API' ? `${mch_id}API` : `admin@${mch_id}`;
    return refundPostings(money, applicant, this.behaviours.current.refundFeeRow);
  }

  private canPay(fen: number): boolean {
    const missingFen = fen - this.ledger.balanceFen;
    if (missingFen <= 0) return true;
    if (this.isUnlimited) this.move(missingFen);
    return this.isUnlimited;
  }

  private move(signedFen: number): void {
    if (signedFen === 0) return;
    const type = signedFen > 0 ? '充值' : '提现';
    const applicant = `admin@${this.settings.merchant.mch_id}`;
    const about = {
      wechatNo: this.identifiers.flowNo(),
      name: '充值/提现',
      type,
      applicant,
      remark: '',
      voucherNo: '',
    };
    this.ledger.book([{ ...about, signedFen }]);
  }
}

function paymentMoney({ outTradeNo }: WechatOrder, transaction: Transaction): TradeMoney {
  const { transactionId, feeFen } = transaction;
  return { wechatNo: transactionId, merchantNo: outTradeNo, settledFen: settlementFen(transaction), feeFen };
}

function refundMoney({ refundId, outRefundNo, settlementFen: settledFen, feeFen }: WechatRefund): TradeMoney {
  return { wechatNo: refundId, merchantNo: outRefundNo, settledFen, feeFen };
}
