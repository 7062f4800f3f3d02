import { BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { IfGiven } from './if-given.js';

const ERRCODES = [40001, 42001] as const;

class EndRequest {
  @ApiPropertyOptional({ description: 'The appid whose tokens end. Default: the mini-program’s' })
  @IfGiven()
  @IsString()
  appid?: string;

  @ApiPropertyOptional({
    type: Number,
    enum: ERRCODES,
    default: 40001,
    description: 'The errcode of later calls with these tokens',
  })
  @IfGiven()
  @IsIn(ERRCODES)
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
