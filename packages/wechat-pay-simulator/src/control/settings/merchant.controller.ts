import { IntegerField, StringField, ChoiceField, IfNotNullish } from '../../field-decorators.js';
import { Body, Controller, Get, HttpCode, Post, Put, BadRequestException, ConflictException } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
  ApiNoContentResponse,
} from '@nestjs/swagger';
import { IsInt, IsIP, IsString, IsUrl, Max, Min } from 'class-validator';
import { SimulatorSettings } from '../../simulator-settings.js';
import { MerchantAccount } from '../../book/merchant-account.js';
import type { Plain } from '../api-helpers.js';
import { IssuedTokenStore } from '../../platform/issued-token-store.js';

const MAX_FEN = 1_000_000_000_000;

class MerchantChanges {
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: 'Refunds are paid from it. A change is a top-up or a withdrawal. null: unlimited, topped up as needed',
  })
  @IfNotNullish()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  balanceFen?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Used for refunds without a notify_url; null: no notice',
  })
  @IfNotNullish()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  refundNotifyUrl?: string | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Domains whose pages, and those of their subdomains, may link to an mweb_url; null: all',
  })
  @IfNotNullish()
  @IsString({ each: true })
  h5Domains?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'IP addresses that may request access tokens; null: all',
  })
  @IfNotNullish()
  @IsIP(undefined, { each: true })
  ipWhitelist?: string[] | null;
}

class AmountRequest {
  @IntegerField(1, MAX_FEN)
  fen!: number;
}

class MerchantView {
  @ApiProperty() mch_id!: string;
  @ApiProperty({ description: 'The mini-program' }) appid!: string;
  @ApiProperty({ description: 'The mobile app; may be the same appid' }) mobile_appid!: string;
  @ApiProperty({ type: [String], description: 'Further mini-programs and official accounts' })
  extra_appids!: readonly string[];
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
      extra_appids: this.settings.extraAppids,
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
    if (balanceFen !== undefined) this.account.setBalance(balanceFen);
    if (refundNotifyUrl !== undefined) this.account.refundNotifyUrl = refundNotifyUrl ?? undefined;
    if (h5Domains !== undefined) this.account.h5Domains = h5Domains ?? undefined;
    if (ipWhitelist !== undefined) this.account.ipWhitelist = ipWhitelist ?? undefined;
    return this.read();
  }

  @ApiOperation({ summary: 'Add money to the balance' })
  @ApiOkResponse({ type: MerchantView })
  @Post('top-up')
  @HttpCode(200)
  topUp(@Body() { fen }: AmountRequest) {
    this.account.topUp(fen);
    return this.read();
  }

  @ApiOperation({ summary: 'Withdraw money to the merchant’s bank' })
  @ApiOkResponse({ type: MerchantView })
  @Post('withdraw')
  @HttpCode(200)
  withdraw(@Body() { fen }: AmountRequest) {
    if (!this.account.withdraw(fen)) throw new ConflictException('The balance is too low');
    return this.read();
  }
}

const ERRCODES = [40001, 42001] as const;

class EndRequest {
  @StringField({ optional: true, description: 'The appid whose tokens end. Default: the mini-program’s' })
  appid?: string;

  @ChoiceField(ERRCODES, {
    optional: true,
    default: 40001,
    description: 'The errcode of later calls with these tokens',
  })
  errcode?: (typeof ERRCODES)[number];
}

@ApiTags('merchant')
@Controller('_control/tokens')
export class TokensController {
  constructor(
    private readonly tokens: IssuedTokenStore,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'Revoke all access tokens of an appid, as if another server had requested new ones' })
  @ApiNoContentResponse()
  @Post('end')
  @HttpCode(204)
  end(@Body() { appid = this.settings.merchant.appid, errcode = 40001 }: EndRequest): void {
    if (!this.settings.isMerchantAppid(appid))
      throw new BadRequestException(`The appid ${appid} is not bound to the merchant`);
    this.tokens.forAppid(appid).revokeAll(errcode);
  }
}
