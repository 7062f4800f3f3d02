import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { ShippingBook } from './shipping-book.js';
import { ShippingCorrections } from './shipping-corrections.js';
import { ShippingDuties } from './shipping-duties.js';
import { ShippingNews } from './shipping-news.js';
import { ShippingUpload } from './shipping-upload.js';
import { ShippingController } from './shipping.controller.js';
import { Shipments } from './shipments.js';
import { Shipping } from './shipping.js';

/** What was shipped, and WeChat's hearing of it. */
@Module({
  imports: [AuditModule, AuthModule, OrderModule, PaymentModule, WechatModule],
  controllers: [ShippingController],
  providers: [Shipments, Shipping, ShippingBook, ShippingCorrections, ShippingDuties, ShippingNews, ShippingUpload],
  exports: [Shipments, Shipping, ShippingCorrections, ShippingDuties, ShippingNews],
})
export class ShippingModule {}
