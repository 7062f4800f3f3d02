import { BooleanField, ChoiceField, IntegerField } from '../field-decorators.js';

/** Fees, and the points where WeChat's bills vary. */
export class BillBehaviourSettings {
  @IntegerField(0, 10_000, {
    description:
      'Fee of payments from now on, in hundredths of a percent of the settled amount, rounded half up to fen',
  })
  feeBasisPoints = 60;

  @ChoiceField(['inside', 'own'], {
    description: 'Fund-flow bill: a returned fee is inside the row of its refund, or has a row of its own',
  })
  refundFeeRow: 'inside' | 'own' = 'inside';

  @IntegerField(0, 604_800, {
    description: 'Virtual seconds after the end of a Beijing day until its bills are made and can be downloaded',
  })
  billReadySeconds = 36_000;

  @IntegerField(1, 86_400, { description: 'Virtual seconds for which the download_url of v3 is valid' })
  billUrlSeconds = 300;

  @ChoiceField(['/v3/billdownload/file', '/v3/bill/downloadurl'], { description: 'Path of the download_url of v3' })
  billUrlPath: '/v3/billdownload/file' | '/v3/bill/downloadurl' = '/v3/billdownload/file';

  @ChoiceField(['CRLF', 'LF'], { description: 'Line ends of bills that are made from now on' })
  billLineEnd: 'CRLF' | 'LF' = 'CRLF';

  @BooleanField({ description: 'Bills that are made from now on begin with a byte order mark' })
  billBom = false;

  @ChoiceField(['escaped', 'raw'], {
    description: 'Merchant-defined texts in bills: escaped as documented, or only their line breaks',
  })
  billText: 'escaped' | 'raw' = 'escaped';

  @ChoiceField(['current', 'older'], {
    description: 'Columns 13 and 14 of trade bills: 应结订单金额 and 代金券金额, or 总金额 and 企业红包金额',
  })
  billColumns: 'current' | 'older' = 'current';

  @IntegerField(0, 1000, { description: 'Requests for fund-flow bills per virtual second; 0: unlimited' })
  fundFlowsPerSecond = 3;
}
