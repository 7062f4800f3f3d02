/** The invented merchant of the simulator. None of these values is valid at WeChat. */
export const SIMULATED_MERCHANT = {
  WECHAT_APP_ID: 'wx8888888888888888',
  WECHAT_APP_SECRET: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  WECHAT_MCH_ID: '1900000109',
  WECHAT_API_KEY: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
} as const;

/** The keys of the same merchant for the app protocol of 2014. */
export const SIMULATED_V1_KEYS = {
  WECHAT_V1_PARTNER_KEY: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  WECHAT_V1_PAY_SIGN_KEY: 'V1PaySignKeyDemo'.repeat(8),
} as const;
