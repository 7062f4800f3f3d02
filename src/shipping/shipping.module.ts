import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { ShipmentRecorder } from './shipment/shipment-recorder.js';
import { ShipmentCorrectionService } from './shipment/shipment-correction.service.js';
import { ShippingEventHandler } from './upload/shipping-event-handler.js';
import { ShippingUploadHandler } from './upload/shipping-upload-handler.js';
import { ShippingController } from './shipping.controller.js';
import { Shipments } from './shipment/shipments.js';
import { ShippingService } from './shipping.service.js';

/** Shipments and their upload to WeChat. */
@Module({
  imports: [AuditModule, AuthModule, OrderModule, PaymentModule, WechatModule],
  controllers: [ShippingController],
  providers: [
    Shipments,
    ShippingService,
    ShipmentRecorder,
    ShipmentCorrectionService,
    ShippingEventHandler,
    ShippingUploadHandler,
  ],
  exports: [Shipments, ShippingService, ShipmentCorrectionService, ShippingEventHandler],
})
export class ShippingModule {}
