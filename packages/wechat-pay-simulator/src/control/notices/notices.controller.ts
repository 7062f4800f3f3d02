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
import { forgeriesOf } from '../../notices/forgery-names.js';
import { NoticeScheduler } from '../../notices/notice-scheduler.js';
import { noticeAddressOf, PaymentNoticeSubject } from '../../notices/notice.js';
import { OtherSubjectFinder } from '../../notices/other-subject-finder.js';
import { OrderStore } from '../../book/order-store.js';
import { ManualNoticeService } from './manual-notice.service.js';
import { ApiListResponse } from '../api-helpers.js';
import { NoticeView, noticeView, SentView } from './notice.view.js';
import { PaymentNotifyRequest } from './notify.dto.js';

@ApiTags('notices')
@Controller('_control')
export class NoticesController {
  constructor(
    private readonly orders: OrderStore,
    private readonly noticeScheduler: NoticeScheduler,
    private readonly delivery: ManualNoticeService,
    private readonly otherSubjects: OtherSubjectFinder,
  ) {}

  @ApiOperation({ summary: 'All notices with their attempts, responses and next due time' })
  @ApiListResponse(NoticeView)
  @Get('notices')
  list() {
    return { items: this.noticeScheduler.all().map(noticeView) };
  }

  @ApiOperation({ summary: 'Send a notice again now' })
  @ApiOkResponse({ type: NoticeView })
  @Post('notices/:id/send')
  @HttpCode(200)
  async send(@Param('id') id: string) {
    const notice = this.noticeScheduler.find(id);
    if (notice === undefined) throw new NotFoundException(`Notice ${id} does not exist`);
    await this.noticeScheduler.sendNow(notice);
    return noticeView(notice);
  }

  @ApiOperation({ summary: "Send a notice to the order's notify_url and return the merchant's response" })
  @ApiOkResponse({ type: SentView })
  @Post('orders/:out_trade_no/notify')
  @HttpCode(200)
  notify(@Param('out_trade_no') outTradeNo: string, @Body() request: PaymentNotifyRequest) {
    const payment = this.paymentOf(outTradeNo, request.forge !== undefined);
    const { endpoint } = noticeAddressOf(payment);
    if (request.forge !== undefined && !forgeriesOf(endpoint, payment.order.protocol).includes(request.forge)) {
      throw new BadRequestException(`${endpoint} of ${payment.order.protocol} has no forgery ${request.forge}`);
    }
    return this.delivery.send(payment, request);
  }

  private paymentOf(outTradeNo: string, isForged: boolean): PaymentNoticeSubject {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`Order ${outTradeNo} does not exist`);
    if (order.transaction === undefined && !isForged) {
      throw new ConflictException(`${outTradeNo} is ${order.state}: only a forged notice can report its payment`);
    }
    return { kind: 'payment', order, transaction: order.transaction ?? this.otherSubjects.inventTransaction(order) };
  }
}
