import { Body, ConflictException, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SimulatorClock } from '../clock.js';
import { RefundNoticeSubject } from '../notices/notice-subject.js';
import { WechatRefundProcessor } from '../refund/wechat-refund-processor.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { OrderStore } from '../state/order-store.js';
import { RefundStore } from '../state/refund-store.js';
import { WechatRefund } from '../state/wechat-refund.js';
import { ManualNoticeSender } from './manual-notice-sender.js';
import { ApiListResponse } from './api-list-response.js';
import { SentView } from './notice.view.js';
import { RefundNotifyRequest } from './notify.dto.js';
import { RefundStateRequest, VendorRefundRequest } from './refund.dto.js';
import { RefundView, refundView } from './refund.view.js';

@ApiTags('refunds')
@Controller('_control')
export class RefundsController {
  constructor(
    private readonly refunds: RefundStore,
    private readonly orders: OrderStore,
    private readonly processor: WechatRefundProcessor,
    private readonly delivery: ManualNoticeSender,
    private readonly account: MerchantAccount,
    private readonly identifiers: IdentifierGenerator,
    private readonly clock: SimulatorClock,
  ) {}

  @ApiOperation({ summary: 'All refunds, oldest first' })
  @ApiListResponse(RefundView)
  @Get('refunds')
  list() {
    return { items: this.refunds.all().map(refundView) };
  }

  @ApiOperation({ summary: 'One refund' })
  @ApiOkResponse({ type: RefundView })
  @Get('refunds/:out_refund_no')
  one(@Param('out_refund_no') outRefundNo: string) {
    return refundView(this.find(outRefundNo));
  }

  @ApiOperation({ summary: 'End a refund now, or finish an abnormal one by hand; the notice follows' })
  @ApiOkResponse({ type: RefundView })
  @Post('refunds/:out_refund_no/state')
  @HttpCode(200)
  setState(@Param('out_refund_no') outRefundNo: string, @Body() { state }: RefundStateRequest) {
    const refund = this.find(outRefundNo);
    if (this.processor.finish(refund, state).kind === 'illegal') {
      const why = this.refunds.canTransition(refund, state) ? 'before the balance is topped up' : 'ever';
      throw new ConflictException(`A refund that is ${refund.status} does not become ${state} ${why}`);
    }
    return refundView(refund);
  }

  @ApiOperation({ summary: "Send something to the refund's notify_url and tell what the merchant replied" })
  @ApiOkResponse({ type: SentView })
  @Post('refunds/:out_refund_no/notify')
  @HttpCode(200)
  notify(@Param('out_refund_no') outRefundNo: string, @Body() request: RefundNotifyRequest) {
    return this.delivery.send(this.noticeSubjectOf(this.find(outRefundNo), request.forge !== undefined), request);
  }

  @ApiOperation({ summary: 'Refund in the merchant platform: the merchant’s server hears of it by the notice at most' })
  @ApiCreatedResponse({ type: RefundView })
  @Post('orders/:out_trade_no/vendor-refund')
  refundByHand(@Param('out_trade_no') outTradeNo: string, @Body() request: VendorRefundRequest) {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`There is no order ${outTradeNo}`);
    if (order.transaction === undefined) throw new ConflictException(`${outTradeNo} is not paid`);
    const leftFen = this.refunds.refundableFen(order);
    if (request.refundFen > leftFen) throw new ConflictException(`Only ${leftFen} fen are left of ${outTradeNo}`);
    const outRefundNo = request.out_refund_no ?? this.identifiers.vendorRefundNo();
    if (this.refunds.find(outRefundNo) !== undefined) throw new ConflictException(`There is a refund ${outRefundNo}`);
    const refund = this.processor.accept({
      order,
      transaction: order.transaction,
      outRefundNo,
      refundFen: request.refundFen,
      source: 'VENDOR_PLATFORM',
      notifyUrl: request.notify_url ?? this.account.refundNotifyUrl,
    });
    if (refund === undefined) throw new ConflictException('基本账户余额不足 (NOTENOUGH)');
    return refundView(refund);
  }

  /** What a notice of it would say; of one that has not ended only a forged one can tell. */
  private noticeSubjectOf(refund: WechatRefund, isForged: boolean): RefundNoticeSubject {
    if (refund.notifyUrl === undefined) throw new ConflictException(`${refund.outRefundNo} has no notify_url`);
    if (refund.status !== 'PROCESSING') {
      return { kind: 'refund', refund, status: refund.status, endedAt: refund.endedAt ?? this.clock.now() };
    }
    if (isForged) return { kind: 'refund', refund, status: 'SUCCESS', endedAt: this.clock.now() };
    throw new ConflictException(`${refund.outRefundNo} is PROCESSING: only forged notices can tell of its end`);
  }

  private find(outRefundNo: string): WechatRefund {
    const refund = this.refunds.find(outRefundNo);
    if (refund === undefined) throw new NotFoundException(`There is no refund ${outRefundNo}`);
    return refund;
  }
}
