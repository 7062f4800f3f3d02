/** A carrier as WeChat knows it. */
export interface Carrier {
  code: string;
  name: string;
  nameZh: string;
}

/** WeChat wants a contact with these: their numbers can be followed only together with the end of a telephone number. */
const CARRIERS_REQUIRING_CONTACT: ReadonlySet<string> = new Set(['SF']);

/**
 * The `delivery_id`s that most parcels in China go by. WeChat has some 1,500 (get_delivery_list); any of them may be typed.
 * Yunda is `YD` in WeChat's list, and J&T Express `JTSD`.
 */
export const CARRIERS: readonly Carrier[] = [
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

/** Whether WeChat may take it for a `delivery_id`: printable ASCII, without spaces around it. */
export function isCarrierCode(carrier: string): boolean {
  return /^[!-~](?:[ -~]*[!-~])?$/.test(carrier);
}
