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
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forgeriesOf } from '../../notices/forgery-names.js';
import { SimulatorClock } from '../../clock.js';
import { RefundNoticeSubject } from '../../notices/notice.js';
import { WechatRefundProcessor } from '../../book/refund-processor.js';
import { IdentifierGenerator } from '../../state/identifier-generator.js';
import { MerchantAccount } from '../../book/merchant-account.js';
import { OrderStore } from '../../book/order-store.js';
import { RefundStore } from '../../book/refund-store.js';
import { WechatRefund } from '../../book/wechat-refund.js';
import { ManualNoticeService } from '../notices/manual-notice.service.js';
import { ApiListResponse } from '../api-helpers.js';
import { SentView } from '../notices/notice.view.js';
import { RefundNotifyRequest } from '../notices/notify.dto.js';
import { RefundStateRequest, VendorRefundRequest, WechatRefundView, wechatRefundView } from './refund.dto.js';

@ApiTags('refunds')
@Controller('_control')
export class RefundsController {
  constructor(
    private readonly refunds: RefundStore,
    private readonly orders: OrderStore,
    private readonly processor: WechatRefundProcessor,
    private readonly delivery: ManualNoticeService,
    private readonly account: MerchantAccount,
    private readonly identifiers: IdentifierGenerator,
    private readonly clock: SimulatorClock,
  ) {}

  @ApiOperation({ summary: 'All refunds, oldest first' })
  @ApiListResponse(WechatRefundView)
  @Get('refunds')
  list() {
    return { items: this.refunds.all().map(wechatRefundView) };
  }

  @ApiOperation({ summary: 'One refund' })
  @ApiOkResponse({ type: WechatRefundView })
  @Get('refunds/:out_refund_no')
  one(@Param('out_refund_no') outRefundNo: string) {
    return wechatRefundView(this.find(outRefundNo));
  }

  @ApiOperation({ summary: 'Finish a refund now, or finish an abnormal one by hand; the notice follows' })
  @ApiOkResponse({ type: WechatRefundView })
  @Post('refunds/:out_refund_no/state')
  @HttpCode(200)
  setState(@Param('out_refund_no') outRefundNo: string, @Body() { state }: RefundStateRequest) {
    const refund = this.find(outRefundNo);
    if (this.processor.finishRefund(refund, state).kind === 'illegal') {
      const why = this.refunds.canTransition(refund, state) ? ' until the balance is topped up' : '';
      throw new ConflictException(`A refund in status ${refund.status} cannot become ${state}${why}`);
    }
    return wechatRefundView(refund);
  }

  @ApiOperation({ summary: "Send a notice to the refund's notify_url and return the merchant's response" })
  @ApiOkResponse({ type: SentView })
  @Post('refunds/:out_refund_no/notify')
  @HttpCode(200)
  notify(@Param('out_refund_no') outRefundNo: string, @Body() request: RefundNotifyRequest) {
    const { forge } = request;
    const refund = this.find(outRefundNo);
    const subject = this.noticeSubjectOf(refund, forge !== undefined);
    if (forge !== undefined && !forgeriesOf('refund-notice', refund.noticeProtocol).includes(forge)) {
      throw new BadRequestException(`refund-notice of ${refund.noticeProtocol} has no forgery ${forge}`);
    }
    return this.delivery.send(subject, request);
  }

  @ApiOperation({
    summary: 'Refund in the merchant platform: the merchant’s server can learn of it only from the notice',
  })
  @ApiCreatedResponse({ type: WechatRefundView })
  @Post('orders/:out_trade_no/vendor-refund')
  refundByHand(@Param('out_trade_no') outTradeNo: string, @Body() request: VendorRefundRequest) {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`Order ${outTradeNo} does not exist`);
    if (order.transaction === undefined) throw new ConflictException(`${outTradeNo} is not paid`);
    const leftFen = this.refunds.refundableFen(order);
    if (request.refundFen > leftFen)
      throw new ConflictException(`Only ${leftFen} fen of ${outTradeNo} can still be refunded`);
    const outRefundNo = request.out_refund_no ?? this.identifiers.vendorRefundNo();
    if (this.refunds.find(outRefundNo) !== undefined)
      throw new ConflictException(`Refund ${outRefundNo} already exists`);
    const refund = this.processor.acceptRefund({
      order,
      transaction: order.transaction,
      outRefundNo,
      refundFen: request.refundFen,
      source: 'VENDOR_PLATFORM',
      notifyUrl: request.notify_url ?? this.account.refundNotifyUrl,
    });
    if (refund === undefined) throw new ConflictException('基本账户余额不足 (NOTENOUGH)');
    return wechatRefundView(refund);
  }

  /** The subject of a notice of this refund. Only a forged notice can report an unfinished refund as finished. */
  private noticeSubjectOf(refund: WechatRefund, isForged: boolean): RefundNoticeSubject {
    if (refund.notifyUrl === undefined) throw new ConflictException(`${refund.outRefundNo} has no notify_url`);
    if (refund.status !== 'PROCESSING') {
      return { kind: 'refund', refund, status: refund.status, endedAt: refund.endedAt ?? this.clock.now() };
    }
    if (isForged) return { kind: 'refund', refund, status: 'SUCCESS', endedAt: this.clock.now() };
    throw new ConflictException(`${refund.outRefundNo} is PROCESSING: only a forged notice can report its end`);
  }

  private find(outRefundNo: string): WechatRefund {
    const refund = this.refunds.find(outRefundNo);
    if (refund === undefined) throw new NotFoundException(`Refund ${outRefundNo} does not exist`);
    return refund;
  }
}
