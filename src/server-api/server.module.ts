import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { EventModule } from '../event/event.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { ServerEventEndpointController } from './events/server-event-endpoint.controller.js';
import { ServerEventController } from './events/server-event.controller.js';
import { ApiKeyService } from './api-key.service.js';
import { PayerResolver } from './payment-orders/payer-resolver.js';
import { PaymentOrderController } from './payment-orders/payment-order.controller.js';
import { PaymentOrderPlacementService } from './payment-orders/payment-order-placement.service.js';
import { PaymentOrderService } from './payment-orders/payment-order.service.js';
import { ServerKeyController } from './server-key.controller.js';
import { ServerOrderController } from './server-order.controller.js';
import { ServerRefundController } from './server-refund.controller.js';
import { ServerRefundService } from './server-refund.service.js';
import { ServerShippingController } from './server-shipping.controller.js';
import { ServerGuard } from './server.guard.js';

/** The server API for the merchant's own programs, authenticated by API keys. */
@Module({
  imports: [AuditModule, EventModule, OrderModule, PaymentModule, RefundModule, ShippingModule, WechatModule],
  controllers: [
    PaymentOrderController,
    ServerKeyController,
    ServerOrderController,
    ServerRefundController,
    ServerShippingController,
    ServerEventController,
    ServerEventEndpointController,
  ],
  providers: [
    ApiKeyService,
    PayerResolver,
    PaymentOrderPlacementService,
    PaymentOrderService,
    ServerRefundService,
    { provide: APP_GUARD, useClass: ServerGuard },
  ],
  exports: [ApiKeyService],
})
export class ServerModule {}
