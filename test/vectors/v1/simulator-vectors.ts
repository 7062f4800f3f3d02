/**
 * Samples of the app protocol of 2014 as documented, each with its result. Source: WeChat Pay, legacy app payment;
 * genprepay, notification and order query.
 */
const PAY_SIGN_KEY = 'V1PaySignKeyDemo'.repeat(8);
const PARTNER_KEY = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** MD5 signatures with the PartnerKey. `pairs` are raw, without the key, encoded in the charset. */
export const PACKAGES: readonly {
  name: string;
  pairs: string;
  charset: 'GBK' | 'UTF-8';
  key: string;
  sign: string;
}[] = [
  {
    name: 'WeChat’s own sample',
    pairs:
      'bank_type=WX&body=XXX&fee_type=1&input_charset=GBK&notify_url=http://www.qq.com&out_trade_no=16642817866003386000&partner=1900000109&spbill_create_ip=127.0.0.1&total_fee=1',
    charset: 'GBK',
    key: '8934e7d15453e97507ef794cf7b0519d',
    sign: 'BEEF37AD19575D92E191C1E4B1474CA9',
  },
  {
    name: 'genprepay',
    pairs:
      'bank_type=WX&body=演示商品&fee_type=1&input_charset=UTF-8&notify_url=https://shop.example.com/wechat/notify/app-v1&out_trade_no=V1SHOP20261121001&partner=1900000109&spbill_create_ip=203.0.113.7&total_fee=1',
    charset: 'UTF-8',
    key: PARTNER_KEY,
    sign: '2DE4044E85731D578CA6B869AA09F971',
  },
  {
    name: 'orderquery',
    pairs: 'out_trade_no=V1SHOP20261121001&partner=1900000109',
    charset: 'GBK',
    key: PARTNER_KEY,
    sign: 'ACDE8501124900F789147CE9BEE29BB1',
  },
];

/** SHA1 signatures with the PaySignKey, which is one of the pairs as `appkey`. */
export const APP_SIGNATURES: readonly { name: string; pairs: Record<string, string>; key: string; sign: string }[] = [
  {
    name: 'WeChat’s own sample',
    pairs: {
      appid: 'wxf8b4f85f3a794e77',
      noncestr: 'adssdasssd13d',
      package:
        'bank_type=WX&body=XXX&fee_type=1&input_charset=GBK&notify_url=http%3a%2f%2fwww.qq.com&out_trade_no=16642817866003386000&partner=1900000109&spbill_create_ip=127.0.0.1&total_fee=1&sign=BEEF37AD19575D92E191C1E4B1474CA9',
      timestamp: '189026618',
    },
    key: '2Wozy2aksie1puXUBpWD8oZxiD1DfQuEaiC7KcRATv1Ino3mdopKaPGQQ7TtkNySuAmCaDCrw4xhPY5qKTBl7Fzm0RgR3c0WaVYIXZARsxzHV2x7iwPPzOz94dnwPWSn',
    sign: '7717231c335a05165b1874658306fa431fe9a0de',
  },
  {
    name: 'genprepay',
    pairs: {
      appid: 'wx8888888888888888',
      noncestr: 'e10adc3949ba59abbe56e057f20f883e',
      package:
        'bank_type=WX&body=%E6%BC%94%E7%A4%BA%E5%95%86%E5%93%81&fee_type=1&input_charset=UTF-8&notify_url=https%3A%2F%2Fshop.example.com%2Fwechat%2Fnotify%2Fapp-v1&out_trade_no=V1SHOP20261121001&partner=1900000109&spbill_create_ip=203.0.113.7&total_fee=1&sign=2DE4044E85731D578CA6B869AA09F971',
      timestamp: '1795234800',
      traceid: 'user-42',
    },
    key: PAY_SIGN_KEY,
    sign: '3f23769f11425091425d85395c7663b19348b3dc',
  },
  {
    name: 'the parameters for the SDK',
    pairs: {
      appid: 'wx8888888888888888',
      noncestr: 'e10adc3949ba59abbe56e057f20f883e',
      package: 'Sign=WXPay',
      partnerid: '1900000109',
      prepayid: '1201000000261121a1b2c3d4e5f60718',
      timestamp: '1795234801',
    },
    key: PAY_SIGN_KEY,
    sign: 'a1ba514f5a4da9ade773dc8f8a1b98d97dd6e500',
  },
  {
    name: 'notice body',
    pairs: {
      appid: 'wx8888888888888888',
      issubscribe: '0',
      noncestr: 'Jd5Ks8Lf2Gh7Qw1E',
      openid: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA',
      timestamp: '1795234822',
    },
    key: PAY_SIGN_KEY,
    sign: '30ba5d3594bff6604b2ed87a460a129517375311',
  },
  {
    name: 'orderquery',
    pairs: {
      appid: 'wx8888888888888888',
      package: 'out_trade_no=V1SHOP20261121001&partner=1900000109&sign=ACDE8501124900F789147CE9BEE29BB1',
      timestamp: '1795235000',
    },
    key: PAY_SIGN_KEY,
    sign: 'bb59dbf2879f79335eec25530175621c42130a01',
  },
];

/** Notices: the query string as sent, in the charset that it names. */
export const NOTICES: readonly { name: string; query: string; attach: string; charset: 'GBK' | 'UTF-8' }[] = [
  {
    name: 'UTF-8',
    query:
      'attach=v1%20demo&bank_billno=202611210000042&bank_type=2011&discount=0&fee_type=1&input_charset=UTF-8&notify_id=Dm0xK4vQ9sLtR2yWcE7uH5jB8nA1gF3pZ6oVi_UhTdXmSqYwCkJrNbGzPaMeIl-O0123456789abcdefABCDEFghijKLMNop&out_trade_no=V1SHOP20261121001&partner=1900000109&product_fee=1&sign_type=MD5&time_end=20261121122021&total_fee=1&trade_mode=1&trade_state=0&transaction_id=1900000109202611210000000042&transport_fee=0&sign=F873770CD4BA53EBAD5681CC638F2B88',
    attach: 'v1 demo',
    charset: 'UTF-8',
  },
  {
    name: 'GBK',
    query:
      'attach=%B2%E2%CA%D4&bank_billno=202611210000042&bank_type=2011&discount=0&fee_type=1&input_charset=GBK&notify_id=Dm0xK4vQ9sLtR2yWcE7uH5jB8nA1gF3pZ6oVi_UhTdXmSqYwCkJrNbGzPaMeIl-O0123456789abcdefABCDEFghijKLMNop&out_trade_no=V1SHOP20261121001&partner=1900000109&product_fee=1&sign_type=MD5&time_end=20261121122021&total_fee=1&trade_mode=1&trade_state=0&transaction_id=1900000109202611210000000042&transport_fee=0&sign=A6D7B3E26F8A9BF77F2CF81024D27E2F',
    attach: '测试',
    charset: 'GBK',
  },
];
/** Signature of the GBK notice when it is hashed as UTF-8. It must be rejected. */
export const GBK_NOTICE_HASHED_AS_UTF8 = '9E15870AF45485D38A792332955F584E';
