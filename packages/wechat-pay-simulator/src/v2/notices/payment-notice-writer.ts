import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../../random.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { Behaviours } from '../../state/behaviours.js';
import { IdentifierGenerator } from '../../state/identifier-generator.js';
import { SignatureProbeSelector, corrupt } from '../../state/signature-probe-selector.js';
import { transactionFields } from '../orders/transaction-fields.js';
import { Fields } from '../wire/fields.js';
import { signatureOf, SignType } from '../wire/signer.js';
import { writeXml, XmlShape } from '../wire/xml-writer.js';
import { PaymentNoticeSubject } from '../../notices/notice.js';
import { forgePaymentNotice } from './payment-forgeries.js';

export interface PaymentNoticeOptions {
  readonly forgery?: string | undefined;
  /** The sign type to use instead of the order's. */
  readonly signType?: SignType | undefined;
  /** Additional elements, or replacements for existing ones; they are signed. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
  /** Returns the payment whose genuine notice `other-order` sends. */
  readonly findOther: () => PaymentNoticeSubject;
}

/** Elements in alphabetical order, one on each line, as in live notices. */
const USUAL_SHAPE: XmlShape = { cdata: 'text', isOneLine: false, isAlphabetical: true };

/** Writes the body of a payment notice, genuine or forged. Every attempt gets a new nonce and so a new signature. */
@Injectable()
export class PaymentNoticeWriter {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly identifiers: IdentifierGenerator,
    private readonly probes: SignatureProbeSelector,
    private readonly random: SeededRandom,
  ) {}

  write(payment: PaymentNoticeSubject, options: PaymentNoticeOptions): string {
    const { key } = this.settings.merchant;
    const signType = options.signType ?? payment.order.signType ?? 'MD5';
    const shape = this.shape();
    const isProbe = this.probes.shouldSendWrongSignature();
    const sign = (fields: Fields): Map<string, string> => {
      const signature = signatureOf(fields, key, signType);
      return new Map(fields).set('sign', isProbe ? corrupt(signature) : signature);
    };
    const fields = new Map([...this.fieldsOf(payment, signType), ...Object.entries(options.extra ?? {})]);
    if (options.forgery === undefined) return writeXml(sign(fields), shape);
    const anotherNotice = (): string => this.write(options.findOther(), { findOther: options.findOther });
    return forgePaymentNotice(options.forgery, { fields, sign, write: (all) => writeXml(all, shape), anotherNotice });
  }

  private fieldsOf({ order, transaction }: PaymentNoticeSubject, signType: SignType): Map<string, string> {
    const { mch_id } = this.settings.merchant;
    const { signTypeInNotice, unknownField } = this.behaviours.current;
    const namesType = signTypeInNotice === 'always' || (signTypeInNotice === 'sometimes' && this.random.oneIn(4));
    return new Map([
      ['return_code', 'SUCCESS'],
      ['result_code', 'SUCCESS'],
      ['appid', order.appid],
      ['mch_id', mch_id],
      ['nonce_str', this.identifiers.nonce(32)],
      ...(namesType ? ([['sign_type', signType]] as const) : []),
      ...transactionFields(order, transaction),
      ...(unknownField ? ([['sim_extra', this.random.alphanumeric(8)]] as const) : []),
    ]);
  }

  private shape(): XmlShape {
    if (!this.behaviours.current.varyShape) return USUAL_SHAPE;
    return { cdata: this.random.oneIn(2) ? 'all' : 'text', isOneLine: this.random.oneIn(3), isAlphabetical: true };
  }
}
