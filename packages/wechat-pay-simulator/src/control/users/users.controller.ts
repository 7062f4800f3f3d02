import { PatternField, TextField, IntegerField, StringField, IfDefined } from '../../field-decorators.js';
import { Body, Controller, Get, NotFoundException, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsObject } from 'class-validator';
import { LoginCodeStore } from '../../platform/login-codes.js';
import { UserStore } from '../../state/user-store.js';
import { ApiListResponse } from '../api-helpers.js';
import type { Plain } from '../api-helpers.js';
import { PhoneCodeStore } from '../../platform/phone-codes.js';
import { omitUndefined } from '../../simulator-settings.js';

class NewUserRequest {
  @PatternField(/^o[\w-]{27}$/, { optional: true, description: '28 characters, begins with o; generated when absent' })
  openid?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Openids under further appids of the merchant; generated when absent',
  })
  @IfDefined()
  @IsObject()
  extraOpenids?: Record<string, string>;

  @TextField(1, 64, { optional: true })
  unionid?: string;

  @TextField(1, 64, { optional: true })
  name?: string;

  @IntegerField(0, 1_000_000_000, { optional: true, description: 'Balance of the wallet; absent: unlimited' })
  balanceFen?: number;
}

class CodeRequest {
  @StringField({ optional: true, description: 'Who logs in. Default: a new user' })
  openid?: string;

  @ApiPropertyOptional({ description: 'jscode2session responds with this errcode for the code', example: 40226 })
  @IfDefined()
  @IsInt()
  errcode?: number;
}

class UserView {
  @ApiProperty({ description: 'Under the mini-program’s appid' }) openid!: string;
  @ApiProperty({ description: 'Under the mobile app’s' }) mobileOpenid!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Under further appids' })
  extraOpenids!: Readonly<Record<string, string>>;
  @ApiPropertyOptional() unionid?: string;
  @ApiProperty() name!: string;
  @ApiPropertyOptional({ description: 'Absent: unlimited' }) balanceFen?: number;
}

class CodeView {
  @ApiProperty() code!: string;
  @ApiProperty() openid!: string;
  @ApiProperty({ description: 'Virtual time' }) expiresAt!: Date;
}

@ApiTags('users')
@Controller('_control')
export class UsersController {
  constructor(
    private readonly users: UserStore,
    private readonly codes: LoginCodeStore,
  ) {}

  @ApiOperation({ summary: 'Create a user, or change the one with this openid' })
  @ApiCreatedResponse({ type: UserView })
  @Post('users')
  add(@Body() request: NewUserRequest) {
    return this.users.add(request) satisfies Plain<UserView>;
  }

  @ApiOperation({ summary: 'All WeChat users' })
  @ApiListResponse(UserView)
  @Get('users')
  list() {
    return { items: this.users.all() };
  }

  @ApiOperation({ summary: 'Create a code of wx.login, valid for one login within 5 minutes' })
  @ApiCreatedResponse({ type: CodeView })
  @Post('codes')
  issueCode(@Body() { openid, errcode }: CodeRequest) {
    const user = openid === undefined ? this.users.add({}) : this.users.find(openid);
    if (user === undefined)
      throw new NotFoundException(`No user has the openid ${String(openid)}; use POST /_control/users first`);
    const code = this.codes.issue(user.openid, errcode);
    return { code: code.code, openid: code.openid, expiresAt: code.expiresAt } satisfies Plain<CodeView>;
  }
}

class PhoneCodeRequest {
  @PatternField(/^\d{4,15}$/, {
    optional: true,
    description: 'Without the country code; generated when absent',
    example: '13800138000',
  })
  number?: string;

  @PatternField(/^\d{1,4}$/, { optional: true, default: '86' })
  countryCode?: string;

  @ApiPropertyOptional({ description: 'getuserphonenumber responds with this errcode for the code', example: 40029 })
  @IfDefined()
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
