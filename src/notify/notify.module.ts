import { Module } from '@nestjs/common';
import { PaymentModule } from '../payment/payment.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { PaymentNotices } from './payment-notices.js';
import { PaymentNotifyController } from './payment-notify.controller.js';

/** WeChat's calls to us: verify, hand on, answer. */
@Module({ imports: [PaymentModule, WechatModule], controllers: [PaymentNotifyController], providers: [PaymentNotices] })
export class NotifyModule {}
