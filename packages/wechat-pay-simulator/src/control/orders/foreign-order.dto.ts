import { ChoiceField, IntegerField, PatternField, StringField, TextField } from '../../field-decorators.js';

const TRADE_TYPES = ['JSAPI', 'NATIVE', 'APP', 'MWEB'] as const;
const PROTOCOLS = ['v2', 'v3'] as const;

/** An order that another system of the merchant placed under the same mch_id. */
export class ForeignOrderRequest {
  @PatternField(/^[0-9A-Za-z_\-|*@]{6,32}$/)
  out_trade_no!: string;

  @IntegerField(1, 10_000_000_000)
  total_fee!: number;

  @ChoiceField(PROTOCOLS, { optional: true, default: 'v2' })
  protocol?: (typeof PROTOCOLS)[number];

  @ChoiceField(TRADE_TYPES, { optional: true, default: 'NATIVE' })
  trade_type?: (typeof TRADE_TYPES)[number];

  @TextField(0, 127, { optional: true })
  description?: string;

  @TextField(0, 128, { optional: true })
  attach?: string;

  @StringField({ optional: true, description: 'Default: none, so no notice is ever sent' })
  notify_url?: string;
}
