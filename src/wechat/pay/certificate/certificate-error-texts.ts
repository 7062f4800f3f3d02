import type { ErrorTexts } from '../../../common/error-text.js';

/** The codes of refusals because of the merchant certificate, by this service or by WeChat, in every protocol that needs it. */
export const CERTIFICATE_ERROR_TEXTS = {
  NO_CLIENT_CERTIFICATE: {
    en: 'There is no usable merchant certificate',
    zh: '没有可用的商户证书',
    replacesMessage: true,
  },
  CLIENT_CERTIFICATE_REFUSED: {
    en: 'WeChat does not accept the merchant certificate',
    zh: '微信不接受商户证书',
    replacesMessage: true,
  },
  CLIENT_CERTIFICATE_NOT_YET_VALID: {
    en: 'The merchant certificate is not valid yet: check it and the clock of the server',
    zh: '商户证书尚未生效，请检查证书和服务器时间',
    replacesMessage: true,
  },
  CLIENT_CERTIFICATE_EXPIRED: {
    en: 'The merchant certificate has expired: renew it, then retry',
    zh: '商户证书已过期，请更换后重试',
    replacesMessage: true,
  },
  CLIENT_CERTIFICATE_OF_OTHER_MERCHANT: {
    en: 'The certificate belongs to another merchant number: replace it, then retry',
    zh: '商户证书属于另一个商户号，请更换后重试',
    replacesMessage: true,
  },
} as const satisfies ErrorTexts;
