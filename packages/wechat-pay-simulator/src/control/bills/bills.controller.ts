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
  Put,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BillChanges } from '../../bills/bill-changes.js';
import { LineChange, LineTarget } from '../../bills/bill-change.js';
import { billDayOf, startOfDay } from '../../bills/bill-day.js';
import { BILL_KINDS, BillDelivery } from '../../bills/bill-delivery.js';
import { BillEditor, EditResult } from '../../bills/bill-editor.js';
import { BillMaker } from '../../bills/bill-maker.js';
import { ExtraPaymentFactory } from '../../bills/extra-payment-factory.js';
import { omitUndefined } from '../../simulator-settings.js';
import { ApiListResponse } from '../api-helpers.js';
import { DeliveryRequest, ExtraPaymentRequest, FileChangeRequest, LineChangeRequest, LineRequest } from './bill.dto.js';
import { BillsView, billsView } from './bill.view.js';

/** The bills, and what they say or do other than what happened. */
@ApiTags('bills')
@Controller('_control/bills')
export class BillsController {
  constructor(
    private readonly maker: BillMaker,
    private readonly delivery: BillDelivery,
    private readonly editor: BillEditor,
    private readonly changes: BillChanges,
    private readonly extraPayments: ExtraPaymentFactory,
  ) {}

  @ApiOperation({ summary: 'The Beijing days with entries, oldest first' })
  @ApiListResponse(BillsView)
  @Get()
  list() {
    return { items: this.maker.days().map((day) => billsView(day, this.maker, this.delivery)) };
  }

  @ApiOperation({ summary: 'The bills of a Beijing day as they were made' })
  @ApiOkResponse({ type: BillsView })
  @Get(':date')
  one(@Param('date') date: string) {
    return this.view(date);
  }

  @ApiOperation({ summary: 'Delivers the bills of a day otherwise: not ready, none, damaged. Possible at any time' })
  @ApiOkResponse({ type: BillsView })
  @Put(':date')
  deliver(@Param('date') date: string, @Body() { kind, ...settings }: DeliveryRequest) {
    this.assertDay(date);
    for (const each of BILL_KINDS) {
      if (kind === undefined || kind === each) this.delivery.changeSettings(date, each, omitUndefined(settings));
    }
    return this.view(date);
  }

  @ApiOperation({ summary: 'Another column, wrong totals or wrong balances, before the bills of the day are made' })
  @ApiOkResponse({ type: BillsView })
  @Post(':date/changes')
  @HttpCode(200)
  changeFile(@Param('date') date: string, @Body() request: FileChangeRequest) {
    this.assertDay(date);
    if (this.maker.find(date) !== undefined) throw new ConflictException(`The bills of ${date} are made`);
    const { column: name, columnValue: value = '', afterColumn: after, ...offsets } = request;
    if (name !== undefined) this.changes.addColumn(date, { name, value, after });
    this.changes.set(date, omitUndefined(offsets));
    return this.view(date);
  }

  @ApiOperation({ summary: 'A missing line, or another amount, fee, status or name, before the bill is made' })
  @ApiOkResponse({ type: BillsView })
  @Post('lines')
  @HttpCode(200)
  changeLine(@Body() request: LineChangeRequest) {
    return this.result(this.editor.changeLine(lineChangeOf(request)));
  }

  @ApiOperation({ summary: 'Moves a payment or refund to the next day’s bills, as WeChat does around midnight' })
  @ApiOkResponse({ type: BillsView })
  @Post('late')
  @HttpCode(200)
  postpone(@Body() request: LineRequest) {
    return this.result(this.editor.postpone(targetOf(request)));
  }

  @ApiOperation({ summary: 'A payment that stands on the bills and that no query knows' })
  @ApiOkResponse({ type: BillsView })
  @Post('extra-payments')
  @HttpCode(200)
  addExtraPayment(@Body() { out_trade_no, total_fee, description, paidAt }: ExtraPaymentRequest) {
    const payment = this.extraPayments.create({ outTradeNo: out_trade_no, totalFen: total_fee, description, paidAt });
    if (payment === undefined) throw new ConflictException(`Order ${out_trade_no} already exists`);
    return this.result(this.editor.addExtraPayment(payment));
  }

  private result(result: EditResult) {
    if (result.kind === 'done') return this.view(result.day);
    if (result.kind === 'unknown') throw new NotFoundException('No such payment or refund');
    throw new ConflictException('The bill of its day is made, and a bill never changes');
  }

  private view(day: string) {
    this.assertDay(day);
    return billsView(day, this.maker, this.delivery);
  }

  private assertDay(date: string): void {
    const start = startOfDay(date);
    if (start === undefined || billDayOf(start) !== date) throw new BadRequestException('The date must be yyyy-MM-dd');
  }
}

function targetOf({ out_trade_no: payment, out_refund_no: refund }: LineRequest): LineTarget {
  if (payment !== undefined && refund === undefined) return { type: 'PAYMENT', merchantNo: payment };
  if (refund !== undefined && payment === undefined) return { type: 'REFUND', merchantNo: refund };
  throw new BadRequestException('Give out_trade_no or out_refund_no');
}

function lineChangeOf(request: LineChangeRequest): LineChange {
  const { kind, bills = 'BOTH', fen, status, name } = request;
  const target = targetOf(request);
  switch (kind) {
    case 'missing-line':
      return { kind, target, bills };
    case 'other-amount':
    case 'other-fee':
      if (fen === undefined) throw new BadRequestException(`${kind} requires fen`);
      return { kind, target, bills, fen };
    case 'other-status': {
      const isOfPayment = status === 'REVOKED';
      if (status === undefined || isOfPayment !== (target.type === 'PAYMENT')) {
        throw new BadRequestException('other-status requires REVOKED for a payment, or a refund status for a refund');
      }
      return { kind, target, bills: 'TRADE', status };
    }
    case 'other-name':
      if (name === undefined) throw new BadRequestException('other-name requires name');
      return { kind, target, bills: 'TRADE', name };
  }
}
