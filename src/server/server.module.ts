import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { OrderModule } from '../order/order.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { ApiKeys } from './api-keys.js';
import { ServerKeyController } from './server-key.controller.js';
import { ServerOrderController } from './server-order.controller.js';
import { ServerRefundController } from './server-refund.controller.js';
import { ServerRefunds } from './server-refunds.js';
import { ServerShippingController } from './server-shipping.controller.js';
import { ServerGuard } from './server.guard.js';

/** What the shop's own programs may see and do, each with a key of its own. */
@Module({
  imports: [AuditModule, OrderModule, RefundModule, ShippingModule],
  controllers: [ServerKeyController, ServerOrderController, ServerRefundController, ServerShippingController],
  providers: [ApiKeys, ServerRefunds, { provide: APP_GUARD, useClass: ServerGuard }],
  exports: [ApiKeys],
})
export class ServerModule {}
