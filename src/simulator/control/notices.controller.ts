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
import { NoticeLog } from '../notices/notice-log.js';
import { noticeAddressOf, PaymentNoticeSubject } from '../notices/notice-subject.js';
import { OtherSubjectFinder } from '../notices/other-subject-finder.js';
import { OrderStore } from '../state/order-store.js';
import { ManualNoticeSender } from './manual-notice-sender.js';
import { ApiListResponse } from './api-list-response.js';
import { NoticeView, noticeView, SentView } from './notice.view.js';
import { PaymentNotifyRequest } from './notify.dto.js';

@ApiTags('notices')
@Controller('_control')
export class NoticesController {
  constructor(
    private readonly orders: OrderStore,
    private readonly board: NoticeLog,
    private readonly delivery: ManualNoticeSender,
    private readonly others: OtherSubjectFinder,
  ) {}

  @ApiOperation({ summary: 'Each notice with its tries, the replies and when it is due again' })
  @ApiListResponse(NoticeView)
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
    const { endpoint } = noticeAddressOf(payment);
    if (request.forge !== undefined && !forgeriesOf(endpoint).includes(request.forge)) {
      throw new BadRequestException(`${endpoint} has no forgery ${request.forge}`);
    }
    return this.delivery.send(payment, request);
  }

  private paymentOf(outTradeNo: string, isForged: boolean): PaymentNoticeSubject {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`There is no order ${outTradeNo}`);
    if (order.transaction === undefined && !isForged) {
      throw new ConflictException(`${outTradeNo} is ${order.state}: only forged notices can tell of its payment`);
    }
    return { kind: 'payment', order, transaction: order.transaction ?? this.others.inventTransaction(order) };
  }
}
