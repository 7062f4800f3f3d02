/** Settings of the simulator's invented merchant for a live service. They are not valid at WeChat. */
export const MERCHANT_ENVIRONMENT = {
  WECHAT_APP_ID: 'wx8888888888888888',
  WECHAT_APP_SECRET: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  WECHAT_MCH_ID: '1900000109',
  WECHAT_API_KEY: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
};

/** Settings of a shop whose database a live process uses too. A live process rejects a database of the simulator. */
export const LIVE_ENVIRONMENT = { WECHAT_MODE: 'live', ...MERCHANT_ENVIRONMENT };
