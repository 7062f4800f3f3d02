import { Module } from '@nestjs/common';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AppV1NotifyController } from './app-v1-notify.controller.js';
import { MessageNotifyController } from './message-notify.controller.js';
import { NoticeResponder } from './notice-responder.js';
import { PaymentNoticeReceiver } from './payment-notice-receiver.js';
import { PaymentNotifyController } from './payment-notify.controller.js';
import { PlatformMessageReceiver } from './platform-message-receiver.js';
import { RefundNoticeReceiver } from './refund-notice-receiver.js';
import { RefundNotifyController } from './refund-notify.controller.js';

/** WeChat's calls to this service: verify the notice, apply it, reply. */
@Module({
  imports: [PaymentModule, RefundModule, ShippingModule, WechatModule],
  controllers: [PaymentNotifyController, RefundNotifyController, AppV1NotifyController, MessageNotifyController],
  providers: [NoticeResponder, PaymentNoticeReceiver, RefundNoticeReceiver, PlatformMessageReceiver],
})
export class NotifyModule {}
