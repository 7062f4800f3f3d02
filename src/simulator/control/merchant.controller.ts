import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsIP, IsString, IsUrl, Max, Min } from 'class-validator';
import { SimulatorSettings } from '../simulator-settings.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { IfNotNull } from './if-given.js';
import type { Plain } from './plain.js';

const MAX_FEN = 1_000_000_000_000;

class MerchantChanges {
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Refunds are paid from it; null: unlimited' })
  @IfNotNull()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  balanceFen?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Used for refunds without a notify_url; null: no notice',
  })
  @IfNotNull()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  refundNotifyUrl?: string | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Domains whose pages, and those of their subdomains, may link to an mweb_url; null: all',
  })
  @IfNotNull()
  @IsString({ each: true })
  h5Domains?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'IP addresses that may request access tokens; null: all',
  })
  @IfNotNull()
  @IsIP(undefined, { each: true })
  ipWhitelist?: string[] | null;
}

class TopUpRequest {
  @ApiProperty()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  fen!: number;
}

class MerchantView {
  @ApiProperty() mch_id!: string;
  @ApiProperty({ description: 'The mini-program' }) appid!: string;
  @ApiProperty({ description: 'The mobile app; may be the same appid' }) mobile_appid!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'null: unlimited' }) balanceFen!: number | null;
  @ApiProperty({ type: String, nullable: true }) refundNotifyUrl!: string | null;
  @ApiProperty({ type: [String], nullable: true, description: 'null: all' }) h5Domains!: readonly string[] | null;
  @ApiProperty({ type: [String], nullable: true, description: 'null: all' }) ipWhitelist!: readonly string[] | null;
}

/** The merchant's balance and the settings in the merchant platform. */
@ApiTags('merchant')
@Controller('_control/merchant')
export class MerchantController {
  constructor(
    private readonly account: MerchantAccount,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'The merchant’s balance and settings' })
  @ApiOkResponse({ type: MerchantView })
  @Get()
  read() {
    const { mch_id, appid, mobile_appid } = this.settings.merchant;
    return {
      mch_id,
      appid,
      mobile_appid,
      balanceFen: this.account.balanceFen,
      refundNotifyUrl: this.account.refundNotifyUrl ?? null,
      h5Domains: this.account.h5Domains ?? null,
      ipWhitelist: this.account.ipWhitelist ?? null,
    } satisfies Plain<MerchantView>;
  }

  @ApiOperation({ summary: 'Change the given settings and keep the others' })
  @ApiOkResponse({ type: MerchantView })
  @Put()
  change(@Body() { balanceFen, refundNotifyUrl, h5Domains, ipWhitelist }: MerchantChanges) {
    if (balanceFen !== undefined) this.account.balanceFen = balanceFen;
    if (refundNotifyUrl !== undefined) this.account.refundNotifyUrl = refundNotifyUrl ?? undefined;
    if (h5Domains !== undefined) this.account.h5Domains = h5Domains ?? undefined;
    if (ipWhitelist !== undefined) this.account.ipWhitelist = ipWhitelist ?? undefined;
    return this.read();
  }

  @ApiOperation({ summary: 'Add money to the balance' })
  @ApiOkResponse({ type: MerchantView })
  @Post('top-up')
  @HttpCode(200)
  topUp(@Body() { fen }: TopUpRequest) {
    this.account.credit(fen);
    return this.read();
  }
}
