import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { MonthExportService } from '../../bill/export/month-export.service.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { AllowRole } from '../accounts/staff.guard.js';

class BillExportQuery {
  @ApiProperty({ example: '2026-11', description: 'A month in Beijing.' })
  @IsString()
  @Matches(/^20\d\d-(0[1-9]|1[0-2])$/, { message: 'month must be a month such as 2026-11' })
  readonly month!: string;
}

@ApiTags('admin: bills')
@ApiBearerAuth('admin')
@Controller('admin/api/bills')
@RoutesFor('STAFF')
export class BillExportController {
  constructor(private readonly exports: MonthExportService) {}

  @Get('export')
  @AllowRole('VIEWER')
  @ApiOperation({
    summary: 'Export a month for accounting: one line per payment and refund, with fee and net amount',
    description:
      'CSV in UTF-8 with a byte order mark; amounts in yuan. If a day of the month has no complete bill, the file name ends ' +
      'with `-incomplete`, and the first lines name those days.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  async exportMonth(@Query() { month }: BillExportQuery): Promise<StreamableFile> {
    const { incompleteDays, lines } = await this.exports.open(month);
    const name = `bills-${month}${incompleteDays.length > 0 ? '-incomplete' : ''}.csv`;
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }
}
