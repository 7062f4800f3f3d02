import { Injectable } from '@nestjs/common';
import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { SignatureProbeSelector, corrupt } from '../state/signature-probe-selector.js';
import { v1Amounts } from './v1-package.js';
import { Fields } from '../v2/wire/fields.js';
import { writeQuery } from './query-string.js';
import { appSignatureOf, partnerSignOfTexts } from './v1-signer.js';
import { PLAIN_SHAPE, writeXml } from '../v2/wire/xml-writer.js';
import { PaymentNoticeSubject } from '../notices/notice.js';
import { PaymentNoticeOptions } from '../v2/notices/payment-notice-writer.js';
import { forgeV1Notice, V1NoticeContent } from './v1-forgeries.js';

/**
 * Writes a v1 notice, genuine or forged. The query string holds the trade, in the charset of the order's package; an
 * XML body holds the payer. Source: docs/wechat-protocol.md, v1 §5.
 */
@Injectable()
export class V1NoticeWriter {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly identifiers: IdentifierGenerator,
    private readonly probes: SignatureProbeSelector,
    private readonly random: SeededRandom,
    private readonly clock: SimulatorClock,
  ) {}

  write(payment: PaymentNoticeSubject, options: Omit<PaymentNoticeOptions, 'signType'>): V1NoticeContent {
    const { partner_key, pay_sign_key } = this.settings.merchant;
    const { varyShape } = this.behaviours.current;
    const charset = payment.order.charset ?? 'GBK';
    const isUpperCase = !varyShape || !this.random.oneIn(3);
    const isProbe = this.probes.shouldSendWrongSignature();
    const sign = (fields: Fields, hashed = charset): Map<string, string> => {
      const signature = partnerSignOfTexts(hashed, fields, partner_key);
      return new Map(fields).set('sign', isProbe ? corrupt(signature) : signature);
    };
    const context = {
      trade: new Map([...this.tradeOf(payment), ...Object.entries(options.extra ?? {})]),
      payer: this.payerOf(payment),
      sign,
      signPayer: (payer: Fields) => withAppSignature(payer, pay_sign_key),
      write: (trade: Fields, payer: Fields): V1NoticeContent => {
        return { query: writeQuery(trade, { charset, isUpperCase }), body: writeXml(payer, PLAIN_SHAPE) };
      },
      anotherNotice: () => this.write(options.findOther(), { findOther: options.findOther }),
    };
    return forgeV1Notice(options.forgery, context);
  }

  private tradeOf({ order, transaction }: PaymentNoticeSubject): [name: string, value: string][] {
    const { unknownField, varyShape } = this.behaviours.current;
    const { paidFen, discountFen } = v1Amounts(transaction);
    const fields = new Map([
      ['attach', order.attach ?? ''],
      ['bank_billno', transaction.v1?.bankBillNo ?? ''],
      ['bank_type', transaction.bankType],
      ['discount', String(discountFen)],
      ['fee_type', '1'],
      ['input_charset', order.parameters.get('input_charset') ?? 'GBK'],
      ['notify_id', transaction.v1?.notifyId ?? ''],
      ['out_trade_no', order.outTradeNo],
      ['partner', this.settings.partner],
      ['product_fee', order.parameters.get('product_fee') ?? String(order.totalFen)],
      ['sign_type', 'MD5'],
      ['time_end', beijingStamp(transaction.paidAt)],
      ['total_fee', String(paidFen)],
      ['trade_mode', '1'],
      ['trade_state', '0'],
      ['transaction_id', transaction.transactionId],
      ['transport_fee', order.parameters.get('transport_fee') ?? '0'],
    ]);
    if (unknownField) fields.set('sim_extra', this.random.alphanumeric(8));
    // Documented but missing in the recorded notices of WeChat. An empty parameter is not signed.
    if (varyShape && this.random.oneIn(3)) fields.set('service_version', '1.0').set('sign_key_index', '1');
    const isEmptySent = varyShape && this.random.oneIn(2);
    return [...fields].filter(([, value]) => value !== '' || isEmptySent);
  }

  private payerOf({ order, transaction }: PaymentNoticeSubject): Map<string, string> {
    return new Map([
      ['OpenId', transaction.openid],
      ['AppId', order.appid],
      ['IsSubscribe', '0'],
      ['TimeStamp', String(Math.floor(this.clock.now().getTime() / 1000))],
      ['NonceStr', this.identifiers.nonce(16)],
    ]);
  }
}

/** The names are lower case in the string that is signed. */
function withAppSignature(payer: Fields, paySignKey: string): Map<string, string> {
  const lower = new Map([...payer].map(([name, value]) => [name.toLowerCase(), value]));
  return new Map([...payer, ['AppSignature', appSignatureOf(lower, paySignKey)], ['SignMethod', 'sha1']]);
}
