import { ChoiceField, IntegerField } from '../field-decorators.js';
import { BillBehaviourSettings } from './bill-behaviour-settings.js';

/** The points where WeChat's behaviour varies in v3, and which keys the merchant and WeChat have. */
export class V3BehaviourSettings extends BillBehaviourSettings {
  @ChoiceField(['public-key', 'certificate', 'grey'], {
    description:
      'The keys of v3 that sign: the public key; the platform certificate; or both, as during the switch to the public key',
  })
  v3Keys: 'public-key' | 'certificate' | 'grey' = 'public-key';

  @IntegerField(0, 100, { description: 'v3Keys grey: percentage of notices that the public key signs' })
  v3GreyPercent = 50;

  @ChoiceField(['none', 'one', 'rotating', 'rotated', 'forbidden'], {
    description:
      'GET /v3/certificates: none (404), one, two of which the old one signs, two of which the new one signs, or 403. ' +
      'With v3Keys certificate or grey there is at least one',
  })
  v3Certificates: 'none' | 'one' | 'rotating' | 'rotated' | 'forbidden' = 'none';

  @ChoiceField(['first', 'both', 'renewed'], {
    description:
      "The merchant's certificates whose keys may sign requests of v3: the first one, both while it is replaced, or only the renewed one",
  })
  v3MerchantCertificate: 'first' | 'both' | 'renewed' = 'first';

  @ChoiceField(['ORDERPAID', 'ORDER_PAID'], { description: 'v3 code for an order that is already paid' })
  v3PaidCode: 'ORDERPAID' | 'ORDER_PAID' = 'ORDERPAID';

  @ChoiceField(['ORDER_NOT_EXIST', 'ORDERNOTEXIST'], { description: 'v3 code of the query of an unknown order' })
  v3NotFoundCode: 'ORDER_NOT_EXIST' | 'ORDERNOTEXIST' = 'ORDER_NOT_EXIST';

  @ChoiceField(['OUT_TRADE_NO_USED', 'INVALID_REQUEST'], {
    description:
      'v3 answer to the same out_trade_no with another parameter: 403 OUT_TRADE_NO_USED or 400 INVALID_REQUEST',
  })
  v3Duplicate: 'OUT_TRADE_NO_USED' | 'INVALID_REQUEST' = 'OUT_TRADE_NO_USED';

  @IntegerField(0, 86_400, {
    description: 'Seconds that the clock of v3 is ahead when it checks the timestamp of a request',
  })
  v3ClockOffsetSeconds = 0;

  @ChoiceField(['refuse', 'allow'], { description: 'A close by v3 of an order made by v2, and the reverse' })
  crossProtocolClose: 'refuse' | 'allow' = 'refuse';
}
