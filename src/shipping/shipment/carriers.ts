import { ApiProperty } from '@nestjs/swagger';

/** A carrier with WeChat's code. */
export class CarrierView {
  @ApiProperty({ example: 'SF' })
  code!: string;

  @ApiProperty({ example: 'SF Express' })
  name!: string;

  @ApiProperty({ example: '顺丰速运' })
  nameZh!: string;
}

/** Carriers for which WeChat requires a contact: tracking needs the last digits of a phone number. */
const CARRIERS_REQUIRING_CONTACT: ReadonlySet<string> = new Set(['SF']);

/**
 * The `delivery_id`s of the most frequent carriers in China. WeChat has about 1,500 (get_delivery_list), and any of them
 * may be entered. Yunda is `YD` in WeChat's list, and J&T Express `JTSD`.
 */
export const CARRIERS: readonly CarrierView[] = [
  { code: 'SF', name: 'SF Express', nameZh: '顺丰速运' },
  { code: 'ZTO', name: 'ZTO Express', nameZh: '中通快递' },
  { code: 'YTO', name: 'YTO Express', nameZh: '圆通速递' },
  { code: 'STO', name: 'STO Express', nameZh: '申通快递' },
  { code: 'YD', name: 'Yunda Express', nameZh: '韵达速递' },
  { code: 'JTSD', name: 'J&T Express', nameZh: '极兔速递' },
  { code: 'JD', name: 'JD Logistics', nameZh: '京东物流' },
  { code: 'EMS', name: 'EMS', nameZh: 'EMS' },
  { code: 'YZPY', name: 'China Post parcels', nameZh: '邮政快递包裹' },
  { code: 'DBL', name: 'Deppon Express', nameZh: '德邦快递' },
  { code: 'ZJS', name: 'ZJS Express', nameZh: '宅急送' },
  { code: 'UC', name: 'UC Express', nameZh: '优速快递' },
  { code: 'HTKY', name: 'Best Express', nameZh: '百世快递' },
];

export function requiresContact(carrier: string): boolean {
  return CARRIERS_REQUIRING_CONTACT.has(carrier);
}

/** Printable ASCII without leading or trailing spaces, which a pasted number may have: the form of carrier codes and tracking numbers. */
export const TRIMMED_ASCII = /^[!-~](?:[ -~]*[!-~])?$/;

/** True when the text has the form of a `delivery_id`. */
export function isCarrierCode(carrier: string): boolean {
  return TRIMMED_ASCII.test(carrier);
}
