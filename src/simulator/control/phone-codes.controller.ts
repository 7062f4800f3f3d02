import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, Matches } from 'class-validator';
import { PhoneCodeStore } from '../platform/phone-code-store.js';
import { omitUndefined } from '../state/omit-undefined.js';
import { IfGiven } from './if-given.js';
import type { Plain } from './plain.js';

class PhoneCodeRequest {
  @ApiPropertyOptional({ description: 'Without the country code; generated when absent', example: '13800138000' })
  @IfGiven()
  @Matches(/^\d{4,15}$/)
  number?: string;

  @ApiPropertyOptional({ default: '86' })
  @IfGiven()
  @Matches(/^\d{1,4}$/)
  countryCode?: string;

  @ApiPropertyOptional({ description: 'getuserphonenumber answers this errcode for the code', example: 40029 })
  @IfGiven()
  @IsInt()
  errcode?: number;
}

class PhoneCodeView {
  @ApiProperty() code!: string;
  @ApiProperty() countryCode!: string;
  @ApiProperty() number!: string;
  @ApiProperty({ description: 'Virtual time' }) expiresAt!: Date;
}

@ApiTags('users')
@Controller('_control/phone-codes')
export class PhoneCodesController {
  constructor(private readonly codes: PhoneCodeStore) {}

  @ApiOperation({ summary: 'Create a code of the getPhoneNumber button, valid for one exchange within 5 minutes' })
  @ApiCreatedResponse({ type: PhoneCodeView })
  @Post()
  issue(@Body() { errcode, ...phone }: PhoneCodeRequest) {
    const { code, expiresAt, phone: number } = this.codes.issue(omitUndefined(phone), errcode);
    return { code, ...number, expiresAt } satisfies Plain<PhoneCodeView>;
  }
}
