import { ChoiceField, NumberField } from '../../field-decorators.js';
import { Body, ConflictException, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderPlacer } from '../../book/order-placer.js';
import { PaymentProcessor } from '../../book/payment-processor.js';
import { SimulatorClock } from '../../clock.js';
import { OrderStore } from '../../book/order-store.js';
import { RefundStore } from '../../book/refund-store.js';
import { TRADE_STATES, TradeState, WechatOrder } from '../../book/wechat-order.js';
import { ApiListResponse } from '../api-helpers.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { ForeignOrderRequest } from './foreign-order.dto.js';
import { PayOrderRequest } from './payment.dto.js';
import { WechatOrderView, wechatOrderView } from './wechat-order.view.js';

/** REFUND is reached only by a refund, so it cannot be forced. SUCCESS is forced by paying. */
const FORCIBLE_STATES = TRADE_STATES.filter((state) => state !== 'REFUND');

class StateRequest {
  @ChoiceField(FORCIBLE_STATES)
  state!: Exclude<TradeState, 'REFUND'>;

  @ChoiceField(FORCIBLE_STATES, { optional: true, description: 'The next state, because USERPAYING does not last' })
  thenState?: Exclude<TradeState, 'REFUND'>;

  @NumberField(0, 864_000, { optional: true, description: 'Virtual seconds until thenState', default: 30 })
  afterSeconds?: number;
}

@ApiTags('orders')
@Controller('_control/orders')
export class OrdersController {
  constructor(
    private readonly orders: OrderStore,
    private readonly payments: PaymentProcessor,
    private readonly refunds: RefundStore,
    private readonly clock: SimulatorClock,
    private readonly placer: OrderPlacer,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'All orders, oldest first' })
  @ApiListResponse(WechatOrderView)
  @Get()
  list() {
    return { items: this.orders.all().map((order) => this.view(order)) };
  }

  @ApiOperation({ summary: 'One order: state, all stored parameters, transaction, refunds' })
  @ApiOkResponse({ type: WechatOrderView })
  @Get(':out_trade_no')
  one(@Param('out_trade_no') outTradeNo: string) {
    return this.view(this.find(outTradeNo));
  }

  @ApiOperation({ summary: 'An order that another system of the merchant placed; every call and the bills know it' })
  @ApiCreatedResponse({ type: WechatOrderView })
  @Post()
  placeForeign(@Body() request: ForeignOrderRequest) {
    const { out_trade_no: outTradeNo, protocol = 'v2', trade_type: tradeType = 'NATIVE', description = '' } = request;
    if (this.orders.find(outTradeNo) !== undefined) throw new ConflictException(`Order ${outTradeNo} already exists`);
    const order = this.placer.place({
      protocol,
      outTradeNo,
      appid: this.settings.merchant.appid,
      ...(protocol === 'v2' && { signType: 'MD5' as const }),
      parameters: new Map(),
      tradeType,
      totalFen: request.total_fee,
      description,
      attach: request.attach,
      deviceInfo: undefined,
      openid: undefined,
      expiresAt: undefined,
      notifyUrl: request.notify_url ?? '',
    });
    return this.view(order);
  }

  @ApiOperation({ summary: 'Force a state, and optionally the state after it' })
  @ApiOkResponse({ type: WechatOrderView })
  @Post(':out_trade_no/state')
  @HttpCode(200)
  setState(@Param('out_trade_no') outTradeNo: string, @Body() request: StateRequest) {
    const order = this.find(outTradeNo);
    if (!this.force(order, request.state)) {
      throw new ConflictException(`An order in state ${order.state} cannot become ${request.state}`);
    }
    const { thenState } = request;
    if (thenState !== undefined) {
      const then = new Date(this.clock.now().getTime() + (request.afterSeconds ?? 30) * 1000);
      this.clock.schedule(then, () => this.force(order, thenState));
    }
    return this.view(order);
  }

  @ApiOperation({ summary: 'Pay without a phone' })
  @ApiOkResponse({ type: WechatOrderView })
  @Post(':out_trade_no/pay')
  @HttpCode(200)
  async pay(@Param('out_trade_no') outTradeNo: string, @Body() request: PayOrderRequest) {
    const order = this.find(outTradeNo);
    const payment = this.payments.pay(order, request);
    if (payment.kind === 'refused') throw new ConflictException(`${payment.text} (${payment.reason})`);
    await payment.noticeSent;
    return this.view(order);
  }

  private view(order: WechatOrder) {
    return wechatOrderView(order, this.clock.now(), this.refunds);
  }

  private force(order: WechatOrder, state: TradeState): boolean {
    if (order.state === state) return true;
    if (state === 'SUCCESS') return this.payments.pay(order, {}).kind === 'paid';
    return state === 'CLOSED' ? this.orders.closeOrder(order) : this.orders.transition(order, state);
  }

  private find(outTradeNo: string): WechatOrder {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`Order ${outTradeNo} does not exist`);
    return order;
  }
}
