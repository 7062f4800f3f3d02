import { Module } from '@nestjs/common';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AppV1NotifyController } from './app-v1-notify.controller.js';
import { MessageNotifyController } from './message-notify.controller.js';
import { NoticeEndpoint } from './notice-endpoint.js';
import { NoticeMetrics } from './notice-metrics.js';
import { PaymentNoticeReceiver } from './payment-notice-receiver.js';
import { PlatformMessageReceiver } from './platform-message-receiver.js';
import { RefundNoticeReceiver } from './refund-notice-receiver.js';
import { V2NotifyController } from './v2-notify.controller.js';
import { V3NotifyController } from './v3-notify.controller.js';

/** WeChat's calls to this service: verify the notice, apply it, respond. */
@Module({
  imports: [PaymentModule, RefundModule, ShippingModule, WechatModule],
  controllers: [V2NotifyController, V3NotifyController, AppV1NotifyController, MessageNotifyController],
  providers: [NoticeMetrics, NoticeEndpoint, PaymentNoticeReceiver, RefundNoticeReceiver, PlatformMessageReceiver],
})
export class NotifyModule {}
