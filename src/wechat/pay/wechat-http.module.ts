import { Module } from '@nestjs/common';
import { ClockMonitor } from '../../common/time/clock-monitor.js';
import { Settings } from '../../config/settings.js';
import { CertificateReloadJob } from './certificate/certificate-reload.job.js';
import { loadMerchantCertificate } from './certificate/load-merchant-certificate.js';
import { MerchantCertificate } from './certificate/merchant-certificate.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from './wechat-http-client.js';

/** The connections to WeChat and the merchant's certificate. */
@Module({
  providers: [
    { provide: MerchantCertificate, inject: [Settings], useFactory: loadMerchantCertificate },
    // Created by a factory: its optional TLS identity is not a provider.
    {
      provide: WechatHttpClient,
      inject: [Settings, ClockMonitor],
      useFactory: (settings: Settings, clockMonitor: ClockMonitor) =>
        new WechatHttpClient(settings, null, (time) => clockMonitor.compareWith('WeChat', time)),
    },
    MutualTlsWechatHttpClient,
    CertificateReloadJob,
  ],
  exports: [MerchantCertificate, WechatHttpClient, MutualTlsWechatHttpClient, CertificateReloadJob],
})
export class WechatHttpModule {}
