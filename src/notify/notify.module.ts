import { Module } from '@nestjs/common';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { NoticeReply } from './notice-reply.js';
import { PaymentNotices } from './payment-notices.js';
import { PaymentNotifyController } from './payment-notify.controller.js';
import { RefundNotices } from './refund-notices.js';
import { RefundNotifyController } from './refund-notify.controller.js';

/** WeChat's calls to us: verify, hand on, answer. */
@Module({
  imports: [PaymentModule, RefundModule, WechatModule],
  controllers: [PaymentNotifyController, RefundNotifyController],
  providers: [NoticeReply, PaymentNotices, RefundNotices],
})
export class NotifyModule {}
