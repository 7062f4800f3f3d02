import { DynamicModule, Module } from '@nestjs/common';
import { Cashier } from './cashier/cashier.js';
import { PaymentDetails } from './cashier/payment-details.js';
import { Payments } from './cashier/payments.js';
import { SimulatorClock } from './clock.js';
import { CashierController } from './control/cashier.controller.js';
import { FaultsController } from './control/faults.controller.js';
import { MemoryController } from './control/memory.controller.js';
import { NoticesController } from './control/notices.controller.js';
import { OrdersController } from './control/orders.controller.js';
import { UsersController } from './control/users.controller.js';
import { WorldController } from './control/world.controller.js';
import { AnswerLine } from './faults/answer-line.js';
import { FaultBox } from './faults/fault-box.js';
import { NoticeBoard } from './notices/notice-board.js';
import { NoticePost } from './notices/notice-post.js';
import { NoticeSender } from './notices/notice-sender.js';
import { NoticeWriter } from './notices/notice-writer.js';
import { AnswerWriter } from './pay/answer-writer.js';
import { CloseOrder } from './pay/close-order.js';
import { OrderEntry } from './pay/order-entry.js';
import { OrderQuery } from './pay/order-query.js';
import { OtherOrders } from './pay/other-orders.js';
import { PayController } from './pay/pay.controller.js';
import { PayExchange } from './pay/pay-exchange.js';
import { UnifiedOrder } from './pay/unified-order.js';
import { LoginController } from './platform/login.controller.js';
import { LoginCodes } from './platform/login-codes.js';
import { LoginExchange } from './platform/login-exchange.js';
import { SeededRandom } from './random.js';
import { SimulatorSettings } from './simulator-settings.js';
import { Behaviours } from './state/behaviours.js';
import { Identifiers } from './state/identifiers.js';
import { Journal } from './state/journal.js';
import { Ledger } from './state/ledger.js';
import { OrderBook } from './state/order-book.js';
import { ProbeCounter } from './state/probe-counter.js';
import { Resets } from './state/resets.js';
import { UserBook } from './state/user-book.js';

const STATE = [Behaviours, Identifiers, Journal, Ledger, OrderBook, ProbeCounter, Resets, UserBook];
const LOGIN = [LoginCodes, LoginExchange];
const PAY = [AnswerWriter, CloseOrder, OrderEntry, OrderQuery, OtherOrders, PayExchange, UnifiedOrder];
const CASHIER = [Cashier, PaymentDetails, Payments];
const NOTICES = [NoticeBoard, NoticePost, NoticeSender, NoticeWriter];
const FAULTS = [AnswerLine, FaultBox];

/** WeChat's side of everything. Refunds and bills will be modules of their own beside `pay/`. */
@Module({})
export class SimulatorModule {
  static with(settings: SimulatorSettings, clock: SimulatorClock): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        LoginController,
        PayController,
        UsersController,
        CashierController,
        OrdersController,
        NoticesController,
        FaultsController,
        WorldController,
        MemoryController,
      ],
      providers: [
        { provide: SimulatorSettings, useValue: settings },
        { provide: SimulatorClock, useValue: clock },
        { provide: SeededRandom, useValue: new SeededRandom(settings.seed) },
        ...STATE,
        ...LOGIN,
        ...PAY,
        ...CASHIER,
        ...NOTICES,
        ...FAULTS,
      ],
    };
  }
}
