import { Body, ConflictException, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsObject, IsOptional, Max, Min } from 'class-validator';
import { SimulatorClock } from '../clock.js';
import type { Forgery } from '../notices/forgeries.js';
import { FORGERY_KINDS } from '../notices/forgeries.js';
import { NoticeAttempt } from '../notices/notice.js';
import { NoticeBoard } from '../notices/notice-board.js';
import { NoticeSender } from '../notices/notice-sender.js';
import { Payment } from '../notices/notice-writer.js';
import { OrderBook } from '../state/order-book.js';
import type { SignType } from '../wire/signer.js';
import { SIGN_TYPES } from '../wire/signer.js';
import { ApiItems } from './items.js';
import { attemptView, NoticeView, noticeView, SentView } from './notice.view.js';
import type { Plain } from './plain.js';

class NotifyRequest {
  @ApiPropertyOptional({ default: 1, description: 'One after the other' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  times?: number;

  @ApiPropertyOptional({ default: 1, description: 'At the same time' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  connections?: number;

  @ApiPropertyOptional({ description: 'Virtual seconds to wait first; then the answer comes at once, without replies' })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(864_000)
  delaySeconds?: number;

  @ApiPropertyOptional({ enum: FORGERY_KINDS, description: 'What is wrong with it; works for unpaid orders too' })
  @IsOptional()
  @IsIn(FORGERY_KINDS)
  forge?: Forgery;

  @ApiPropertyOptional({ enum: SIGN_TYPES, description: 'Instead of the sign_type of the order' })
  @IsOptional()
  @IsIn(SIGN_TYPES)
  signType?: SignType;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'More elements, or others instead of the true ones; they are signed',
  })
  @IsOptional()
  @IsObject()
  extra?: Record<string, unknown>;
}

@ApiTags('notices')
@Controller('_control')
export class NoticesController {
  constructor(
    private readonly orders: OrderBook,
    private readonly board: NoticeBoard,
    private readonly sender: NoticeSender,
    private readonly clock: SimulatorClock,
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
  async notify(@Param('out_trade_no') outTradeNo: string, @Body() request: NotifyRequest) {
    const payment = this.paymentOf(outTradeNo, request.forge !== undefined);
    if (request.delaySeconds === undefined || request.delaySeconds === 0) {
      const attempts = await this.sendAll(payment, request);
      return { dueAt: this.clock.now(), attempts: attempts.map(attemptView) } satisfies Plain<SentView>;
    }
    const dueAt = new Date(this.clock.now().getTime() + request.delaySeconds * 1000);
    this.clock.at(dueAt, () => void this.sendAll(payment, request));
    return { dueAt, attempts: [] } satisfies Plain<SentView>;
  }

  private async sendAll(payment: Payment, request: NotifyRequest): Promise<NoticeAttempt[]> {
    const extra = Object.entries(request.extra ?? {}).map(([name, value]) => [name, String(value)] as const);
    const { connections, forge: forgery, signType } = request;
    const attempts: NoticeAttempt[] = [];
    for (let sent = 0; sent < (request.times ?? 1); sent += 1) {
      const sending = { connections, forgery, signType, extra: Object.fromEntries(extra) };
      attempts.push(...(await this.sender.send(payment, sending)));
    }
    return attempts;
  }

  private paymentOf(outTradeNo: string, isForged: boolean): Payment {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) throw new NotFoundException(`There is no order ${outTradeNo}`);
    if (order.transaction === undefined && !isForged) {
      throw new ConflictException(`${outTradeNo} is ${order.state}: only forged notices can tell of its payment`);
    }
    return { order, transaction: order.transaction ?? this.sender.inventTransaction(order) };
  }
}
