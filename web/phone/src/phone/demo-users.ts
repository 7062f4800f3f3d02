import type { DemoUser } from '../simulator-client.ts';

/** The users of the phone. Their openids are fixed, so that each keeps the same orders. */
export const DEMO_USERS: readonly [DemoUser, ...DemoUser[]] = [
  { openid: 'oPhoneXiaoLin000000000000001', name: '小林', phone: '13800138001' },
  { openid: 'oPhoneAZhen00000000000000002', name: '阿珍', phone: '13900139002' },
  { openid: 'oPhoneLaoZhou000000000000003', name: '老周', phone: '13700137003', balanceFen: 500 },
];
