import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { Settings } from '../config/settings.js';
import { OrderModule } from '../order/order.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { BuyerMessageHandler } from './buyer-message-handler.js';
import { loadTemplates } from './read-templates.js';
import { MessageComposer } from './message-composer.js';
import { MessageTemplates } from './message-templates.js';
import { MessageTemplatesController } from './message-templates.controller.js';

/** Subscribe messages to buyers about payments and refunds. */
@Module({
  imports: [AuthModule, OrderModule, RefundModule, WechatModule],
  controllers: [MessageTemplatesController],
  providers: [
    { provide: MessageTemplates, inject: [Settings], useFactory: loadTemplates },
    MessageComposer,
    BuyerMessageHandler,
  ],
})
export class MessageModule {}
