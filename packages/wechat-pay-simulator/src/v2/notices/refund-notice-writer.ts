import { Injectable } from '@nestjs/common';
import { beijingTime } from '../../beijing-time.js';
import { SeededRandom } from '../../random.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { Behaviours } from '../../state/behaviours.js';
import { IdentifierGenerator } from '../../state/identifier-generator.js';
import { SignatureProbeSelector, corrupt } from '../../state/signature-probe-selector.js';
import { settlementFen } from '../../book/wechat-order.js';
import { receiverOf } from '../../book/wechat-refund.js';
import { Fields } from '../wire/fields.js';
import { encryptReqInfo } from '../wire/signer.js';
import { PLAIN_SHAPE, writeXml, XmlShape } from '../wire/xml-writer.js';
import { RefundNoticeSubject } from '../../notices/notice.js';
import { forgeRefundNotice } from './refund-forgeries.js';

export interface RefundNoticeOptions {
  readonly forgery?: string | undefined;
  /** Additional elements of the encrypted document, or replacements for existing ones. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
  /** Returns the refund whose genuine notice `other-refund` sends. */
  readonly findOther: () => RefundNoticeSubject;
}

/** Elements in alphabetical order, one on each line, in CDATA, as in live documents. */
const INNER_SHAPE: XmlShape = { cdata: 'all', isOneLine: false, isAlphabetical: true };

/**
 * Writes the body of a refund notice, genuine or forged. It has no signature: the encryption authenticates the sender.
 */
@Injectable()
export class RefundNoticeWriter {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly identifiers: IdentifierGenerator,
    private readonly probes: SignatureProbeSelector,
    private readonly random: SeededRandom,
  ) {}

  write(subject: RefundNoticeSubject, options: RefundNoticeOptions): string {
    const { varyShape } = this.behaviours.current;
    const shape: XmlShape = varyShape ? { ...PLAIN_SHAPE, isOneLine: this.random.oneIn(3) } : PLAIN_SHAPE;
    const trueKey = this.settings.merchant.key;
    const key = this.probes.shouldSendWrongSignature() ? corrupt(trueKey) : trueKey;
    const inner = new Map([...this.innerFields(subject), ...Object.entries(options.extra ?? {})]);
    const outer = this.outerFields(subject.refund.order.appid);
    const writeInner = (fields: Fields): string => writeXml(fields, INNER_SHAPE, 'root');
    const wrap = (fields: Fields, reqInfo: string | undefined): string =>
      writeXml(reqInfo === undefined ? fields : new Map(fields).set('req_info', reqInfo), shape);
    if (options.forgery === undefined) return wrap(outer, encryptReqInfo(writeInner(inner), key));
    const anotherNotice = (): string => this.write(options.findOther(), { findOther: options.findOther });
    const context = { outer, inner, key, writeInner, encrypt: encryptReqInfo, wrap, anotherNotice };
    return forgeRefundNotice(options.forgery, context);
  }

  private outerFields(appid: string): Map<string, string> {
    const { mch_id } = this.settings.merchant;
    return new Map([
      ['return_code', 'SUCCESS'],
      ['appid', appid],
      ['mch_id', mch_id],
      ['nonce_str', this.identifiers.nonce(32)],
      ...this.unknownField(),
    ]);
  }

  private innerFields({ refund, status, endedAt }: RefundNoticeSubject): [name: string, value: string][] {
    const { varyShape } = this.behaviours.current;
    const isNewer = varyShape && this.random.oneIn(2);
    return [
      ['transaction_id', refund.transaction.transactionId],
      ['out_trade_no', refund.order.outTradeNo],
      ['refund_id', refund.refundId],
      ['out_refund_no', refund.outRefundNo],
      ['total_fee', String(refund.transaction.totalFen)],
      ['settlement_total_fee', String(settlementFen(refund.transaction))],
      ['refund_fee', String(refund.refundFen)],
      ['settlement_refund_fee', String(refund.settlementFen)],
      ['refund_status', status],
      ...(status === 'SUCCESS' ? ([['success_time', beijingTime(endedAt)]] as [string, string][]) : []),
      ['refund_recv_accout', receiverOf(refund, status)],
      ['refund_account', refund.account],
      ['refund_request_source', refund.source],
      ...(isNewer ? ([['cash_refund_fee', String(refund.cashFen)]] as [string, string][]) : []),
      ...this.unknownField(),
    ];
  }

  private unknownField(): [name: string, value: string][] {
    return this.behaviours.current.unknownField ? [['sim_extra', this.random.alphanumeric(8)]] : [];
  }
}
