/** The merchant of the app protocol's vectors: invented, but complete, so that the signatures can be recomputed. */
export const V1_MERCHANT = {
  appid: 'wx8888888888888888',
  partnerId: '1900000109',
  partnerKey: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  paySignKey: 'V1PaySignKeyDemo'.repeat(8),
} as const;

/** WeChat's own sample. Source: docs/wechat-protocol.md, v1 §3. */
export const OFFICIAL_PACKAGE = {
  parameters: {
    bank_type: 'WX',
    body: 'XXX',
    fee_type: '1',
    input_charset: 'GBK',
    notify_url: 'http://www.qq.com',
    out_trade_no: '16642817866003386000',
    partner: '1900000109',
    spbill_create_ip: '127.0.0.1',
    total_fee: '1',
  },
  partnerKey: '8934e7d15453e97507ef794cf7b0519d',
  sign: 'BEEF37AD19575D92E191C1E4B1474CA9',
} as const;

/**
 * WeChat's own sample with percent-encoding in lower case, which is signed unchanged.
 * Source: docs/wechat-protocol.md, v1 §3.
 */
export const OFFICIAL_APP_SIGNATURE = {
  values: {
    appid: 'wxf8b4f85f3a794e77',
    noncestr: 'adssdasssd13d',
    package:
      'bank_type=WX&body=XXX&fee_type=1&input_charset=GBK&notify_url=http%3a%2f%2fwww.qq.com&out_trade_no=16642817866003386000' +
      '&partner=1900000109&spbill_create_ip=127.0.0.1&total_fee=1&sign=BEEF37AD19575D92E191C1E4B1474CA9',
    timestamp: 189026618,
  },
  paySignKey:
    '2Wozy2aksie1puXUBpWD8oZxiD1DfQuEaiC7KcRATv1Ino3mdopKaPGQQ7TtkNySuAmCaDCrw4xhPY5qKTBl7Fzm0RgR3c0WaVYIXZARsxzHV2x7iwPPzOz94dnwPWSn',
  signature: '7717231c335a05165b1874658306fa431fe9a0de',
} as const;

/** Source: docs/wechat-protocol.md, v1 §4. */
export const GENPREPAY = {
  parameters: {
    bank_type: 'WX',
    body: '演示商品',
    fee_type: '1',
    input_charset: 'UTF-8',
    notify_url: 'https://shop.example.com/wechat/notify/app-v1',
    out_trade_no: 'V1SHOP20261121001',
    partner: '1900000109',
    spbill_create_ip: '203.0.113.7',
    total_fee: '1',
  },
  call: {
    appid: 'wx8888888888888888',
    traceid: 'user-42',
    noncestr: 'e10adc3949ba59abbe56e057f20f883e',
    package:
      'bank_type=WX&body=%E6%BC%94%E7%A4%BA%E5%95%86%E5%93%81&fee_type=1&input_charset=UTF-8' +
      '&notify_url=https%3A%2F%2Fshop.example.com%2Fwechat%2Fnotify%2Fapp-v1&out_trade_no=V1SHOP20261121001&partner=1900000109' +
      '&spbill_create_ip=203.0.113.7&total_fee=1&sign=2DE4044E85731D578CA6B869AA09F971',
    timestamp: 1795234800,
  },
  appSignature: '3f23769f11425091425d85395c7663b19348b3dc',
  answer: '{"prepayid":"1201000000261121a1b2c3d4e5f60718","errcode":0,"errmsg":"Success"}',
} as const;

/** Parameters for the app. Source: docs/wechat-protocol.md, v1 §4. */
export const CLIENT_PARAMETERS = {
  values: {
    appid: 'wx8888888888888888',
    noncestr: 'e10adc3949ba59abbe56e057f20f883e',
    package: 'Sign=WXPay',
    partnerid: '1900000109',
    prepayid: '1201000000261121a1b2c3d4e5f60718',
    timestamp: '1795234801',
  },
  sign: 'a1ba514f5a4da9ade773dc8f8a1b98d97dd6e500',
} as const;

/** Source: docs/wechat-protocol.md, v1 §6. */
export const ORDER_QUERY = {
  package: 'out_trade_no=V1SHOP20261121001&partner=1900000109&sign=ACDE8501124900F789147CE9BEE29BB1',
  timestamp: '1795235000',
  appSignature: 'bb59dbf2879f79335eec25530175621c42130a01',
} as const;

const NOTIFY_ID = 'Dm0xK4vQ9sLtR2yWcE7uH5jB8nA1gF3pZ6oVi_UhTdXmSqYwCkJrNbGzPaMeIl-O0123456789abcdefABCDEFghijKLMNop';

const noticeQuery = (attach: string, charset: string, sign: string): string =>
  `attach=${attach}&bank_billno=202611210000042&bank_type=2011&discount=0&fee_type=1&input_charset=${charset}` +
  `&notify_id=${NOTIFY_ID}&out_trade_no=V1SHOP20261121001&partner=1900000109&product_fee=1&sign_type=MD5` +
  '&time_end=20261121122021&total_fee=1&trade_mode=1&trade_state=0&transaction_id=1900000109202611210000000042' +
  `&transport_fee=0&sign=${sign}`;

/** Query string of a notice. Source: docs/wechat-protocol.md, v1 §5. */
export const NOTICE_QUERIES = {
  'UTF-8': noticeQuery('v1%20demo', 'UTF-8', 'F873770CD4BA53EBAD5681CC638F2B88'),
  GBK: noticeQuery('%B2%E2%CA%D4', 'GBK', 'A6D7B3E26F8A9BF77F2CF81024D27E2F'),
  /** The signature that results when the GBK text is hashed as UTF-8. */
  'GBK, hashed as UTF-8': noticeQuery('%B2%E2%CA%D4', 'GBK', '9E15870AF45485D38A792332955F584E'),
} as const;

/** Body of a notice, which names the payer. Source: docs/wechat-protocol.md, v1 §5. */
export const NOTICE_BODY = `<xml>
<OpenId><![CDATA[oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA]]></OpenId>
<AppId><![CDATA[wx8888888888888888]]></AppId>
<IsSubscribe>0</IsSubscribe>
<TimeStamp>1795234822</TimeStamp>
<NonceStr><![CDATA[Jd5Ks8Lf2Gh7Qw1E]]></NonceStr>
<AppSignature><![CDATA[30ba5d3594bff6604b2ed87a460a129517375311]]></AppSignature>
<SignMethod><![CDATA[sha1]]></SignMethod>
</xml>
`;
