import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { OrderModule } from '../order/order.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { ApiKeyService } from './api-key.service.js';
import { ServerKeyController } from './server-key.controller.js';
import { ServerOrderController } from './server-order.controller.js';
import { ServerRefundController } from './server-refund.controller.js';
import { ServerRefundService } from './server-refund.service.js';
import { ServerShippingController } from './server-shipping.controller.js';
import { ServerGuard } from './server.guard.js';

/** The server API for the merchant's own programs, authenticated by API keys. */
@Module({
  imports: [AuditModule, OrderModule, RefundModule, ShippingModule],
  controllers: [ServerKeyController, ServerOrderController, ServerRefundController, ServerShippingController],
  providers: [ApiKeyService, ServerRefundService, { provide: APP_GUARD, useClass: ServerGuard }],
  exports: [ApiKeyService],
})
export class ServerModule {}
