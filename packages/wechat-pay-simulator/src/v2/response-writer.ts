import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { SignatureProbeSelector, corrupt } from '../state/signature-probe-selector.js';
import { signatureOf, SignType } from './wire/signer.js';
import { PLAIN_SHAPE, randomShape, writeXml } from './wire/xml-writer.js';
import { CallResult } from './pay-call.js';

/** What a response takes from its request. */
export interface ResponseEnvelope {
  readonly appid: string;
  readonly signType: SignType;
}

export interface ResponseOptions {
  readonly isAlphabetical: boolean;
  /** A fault that changes the message itself: `wrong_signature`, `no_signature`, `other_appid`, `doctype`. */
  readonly faultKind: string | undefined;
}

/** Writes the XML of a response, signed with the sign type of the request. */
@Injectable()
export class ResponseWriter {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly identifiers: IdentifierGenerator,
    private readonly probes: SignatureProbeSelector,
    private readonly random: SeededRandom,
  ) {}

  write(
    result: Exclude<CallResult, { kind: 'FILE' }>,
    envelope: ResponseEnvelope,
    { isAlphabetical, faultKind }: ResponseOptions,
  ): string {
    const shape = this.behaviours.current.varyShape ? randomShape(this.random) : { ...PLAIN_SHAPE, isAlphabetical };
    if (result.kind === 'REFUSED') {
      const bare: [string, string][] = [
        ['return_code', 'FAIL'],
        ['return_msg', result.returnMsg],
      ];
      if (result.errorCode !== undefined) bare.push(['error_code', result.errorCode]);
      return writeXml(new Map(bare), shape);
    }
    const xml = writeXml(this.signed(result, envelope, faultKind), shape);
    return faultKind === 'doctype' ? `<!DOCTYPE xml [<!ENTITY w "wechat">]>\n${xml}` : xml;
  }

  private signed(
    result: Exclude<CallResult, { kind: 'REFUSED' | 'FILE' }>,
    { appid, signType }: ResponseEnvelope,
    faultKind: string | undefined,
  ) {
    const { merchant } = this.settings;
    const fields = new Map([
      ['return_code', 'SUCCESS'],
      ['return_msg', 'OK'],
      ['appid', faultKind === 'other_appid' ? 'wx0123456789abcdef' : appid],
      ['mch_id', merchant.mch_id],
      ['nonce_str', this.identifiers.nonce(16)],
      ['sign', ''],
      ['result_code', result.kind],
    ]);
    if (result.kind === 'SUCCESS') for (const [name, value] of result.fields) fields.set(name, value);
    else fields.set('err_code', result.errCode).set('err_code_des', result.errCodeDes);
    if (result.kind === 'FAIL') for (const [name, value] of result.extraFields ?? []) fields.set(name, value);
    if (this.behaviours.current.unknownField) fields.set('sim_extra', this.random.alphanumeric(8));

    const sign = signatureOf(fields, merchant.key, signType);
    fields.set(
      'sign',
      faultKind === 'wrong_signature' || this.probes.shouldSendWrongSignature() ? corrupt(sign) : sign,
    );
    if (faultKind === 'no_signature') fields.delete('sign');
    return fields;
  }
}
