import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { BillQueryService } from '../../bill/bill-query.service.js';
import { BillService } from '../../bill/bill.service.js';
import { BillView, billView } from '../../bill/bill.view.js';
import { BillFileStore } from '../../bill/files/bill-file-store.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import { mapPage, type Page } from '../../common/paging/paging.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { Settings } from '../../config/settings.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';
import {
  BillDetailView,
  billDetailView,
  BillDifferenceView,
  billDifferenceView,
  BillFileQuery,
  BillQuery,
  DifferenceQuery,
  ExplainDifferenceBody,
} from './bill.dto.js';
import { toBillDate, toDifferenceId } from './bill-parameters.js';

const ApiDate = (): MethodDecorator =>
  ApiParam({ name: 'date', example: '2026-11-21', description: "A Beijing day, by WeChat's time." });

@ApiTags('admin: bills')
@ApiBearerAuth('admin')
@Controller('admin/api/bills')
@RoutesFor('STAFF')
export class BillController {
  constructor(
    private readonly bills: BillService,
    private readonly queries: BillQueryService,
    private readonly files: BillFileStore,
    private readonly settings: Settings,
  ) {}

  @Get()
  @StaffRead()
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List the days of WeChat's bills, newest first" })
  @ApiPage(BillView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  async list(@Query() query: BillQuery): Promise<Page<BillView>> {
    return mapPage(await this.queries.list(query), billView);
  }

  @Get(':date')
  @StaffRead()
  @AllowRole('VIEWER')
  @ApiDate()
  @ApiOperation({ summary: "Get a day with the bridge from our total to WeChat's" })
  @ApiOkResponse({ type: BillDetailView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'BILL_NOT_FOUND')
  async show(@Param('date') date: string): Promise<BillDetailView> {
    const bill = await this.queries.getByDate(toBillDate(date));
    return billDetailView(bill, await this.queries.sumEffects(bill), this.settings.BILL_DOWNLOAD === 'on');
  }

  @Post(':date/reconcile')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiDate()
  @ApiOperation({
    summary: "Download WeChat's bill of a day and compare it now",
    description:
      'Replaces the open differences; resolved and explained ones stay. Safe to repeat. Payments and refunds that are ' +
      'missing here are queried at WeChat and recorded. Works with `BILL_DOWNLOAD=off` too.',
  })
  @ApiOkResponse({ type: BillView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'BILL_BUSY')
  async reconcile(@CurrentActor() actor: Actor, @Param('date') date: string): Promise<BillView> {
    return billView(await this.bills.reconcile(toBillDate(date), actor));
  }

  @Get(':date/differences')
  @StaffRead()
  @AllowRole('VIEWER')
  @ApiDate()
  @ApiOperation({ summary: "List the differences between WeChat's bill and our records, oldest first" })
  @ApiPage(BillDifferenceView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'BILL_NOT_FOUND')
  async differences(@Param('date') date: string, @Query() query: DifferenceQuery): Promise<Page<BillDifferenceView>> {
    return mapPage(await this.queries.listDifferences(toBillDate(date), query), billDifferenceView);
  }

  @Post(':date/differences/:id/explain')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiDate()
  @ApiOperation({
    summary: 'Explain a difference',
    description: 'The day is balanced once no difference is open. Repeating replaces the note.',
  })
  @ApiOkResponse({ type: BillDifferenceView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'BILL_NOT_FOUND',
    'BILL_DIFFERENCE_NOT_FOUND',
    'BILL_DIFFERENCE_NOT_OPEN',
  )
  async explain(
    @CurrentActor() actor: Actor,
    @Param('date') date: string,
    @Param('id') id: string,
    @Body() { note }: ExplainDifferenceBody,
  ): Promise<BillDifferenceView> {
    return billDifferenceView(await this.bills.explain(toBillDate(date), toDifferenceId(id), note, actor));
  }

  @Get(':date/file')
  @AllowRole('VIEWER')
  @ApiDate()
  @ApiOperation({
    summary: "Download WeChat's file of a day, byte for byte as it was verified",
    description: 'The stored bytes are verified before they are sent.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'BILL_NOT_FOUND', 'BILL_FILE_NOT_FOUND')
  async file(@Param('date') date: string, @Query() { kind }: BillFileQuery): Promise<StreamableFile> {
    const bill = await this.queries.getByDate(toBillDate(date));
    const fileId = kind === 'trade' ? bill.tradeFileId : bill.fundFileId;
    if (fileId === null) throw new DomainError('BILL_FILE_NOT_FOUND');
    const file = await this.files.getById(fileId);
    await this.files.verify(file);
    return new StreamableFile(this.files.read(file), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="wechat-${kind}-${date}.csv"`,
      length: file.bytes ?? 0,
    });
  }
}
