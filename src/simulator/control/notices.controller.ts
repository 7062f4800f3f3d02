import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forgeriesOf } from '../notices/forgery-names.js';
import { NoticeBoard } from '../notices/notice-board.js';
import { addressOf, PaymentNews } from '../notices/notice-subject.js';
import { OtherNews } from '../notices/other-news.js';
import { OrderBook } from '../state/order-book.js';
import { HandDelivery } from './hand-delivery.js';
import { ApiItems } from './items.js';
import { NoticeView, noticeView, SentView } from './notice.view.js';
import { PaymentNotifyRequest } from './notify.dto.js';

@ApiTags('notices')
@Controller('_control')
export class NoticesController {
  constructor(
    private readonly orders: OrderBook,
    private readonly board: NoticeBoard,
    private readonly delivery: HandDelivery,
    private readonly others: OtherNews,
  ) {}

  @ApiOperation({ summary: 'Each notice with its tries, the replies and when it is due again' })
  @ApiItems(NoticeView)
  @Get('notices')
  list() {
    return { items: this.board.all().map(noticeView) };
  }

  @ApiOperation({ summary: 'Send a notice once more, now' })
  @ApiOkResponse({ type: NoticeView })
  @Post('notices/:id/send')
  @HttpCode(200)
  async send(@Param('id') id: string) {
    const notice = this.board.find(id);
    if (notice === undefined) throw new NotFoundException(`There is no notice ${id}`);
    await this.board.sendNow(notice);
    return noticeView(notice);
  }

  @ApiOperation({ summary: "Send something to the order's notify_url and tell what the merchant replied" })
  @ApiOkResponse({ type: SentView })
  @Post('orders/:out_trade_no/notify')
  @HttpCode(200)
  notify(@Param('out_trade_no') outTradeNo: string, @Body() request: PaymentNotifyRequest) {
    const payment = this.paymentOf(outTradeNo, request.forge !== undefined);
    const { endpoint } = addressOf(payment);
    if (request.forge !== undefined && !forgeriesOf(endpoint).includes(request.forge)) {
      throw new BadRequestException(`${endpoint} has no forgery ${request.forge}`);
    }
    return this.delivery.send(payment, request);
  }

  private paymentOf(outTradeNo: string, isForged: boolean): PaymentNews {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`There is no order ${outTradeNo}`);
    if (order.transaction === undefined && !isForged) {
      throw new ConflictException(`${outTradeNo} is ${order.state}: only forged notices can tell of its payment`);
    }
    return { kind: 'payment', order, transaction: order.transaction ?? this.others.inventTransaction(order) };
  }
}
