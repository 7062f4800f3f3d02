import { Body, Controller, Get, NotFoundException, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { LoginCodeStore } from '../platform/login-code-store.js';
import { UserStore } from '../state/user-store.js';
import { IfGiven } from './if-given.js';
import { ApiListResponse } from './api-list-response.js';
import type { Plain } from './plain.js';

class NewUserRequest {
  @ApiPropertyOptional({ description: '28 characters, begins with o; generated when absent' })
  @IfGiven()
  @Matches(/^o[\w-]{27}$/)
  openid?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @Length(1, 64)
  unionid?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @Length(1, 64)
  name?: string;

  @ApiPropertyOptional({ description: 'Balance of the wallet; absent: unlimited' })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  balanceFen?: number;
}

class CodeRequest {
  @ApiPropertyOptional({ description: 'Who logs in. Default: a new user' })
  @IfGiven()
  @IsString()
  openid?: string;

  @ApiPropertyOptional({ description: 'jscode2session answers this errcode for the code', example: 40226 })
  @IfGiven()
  @IsInt()
  errcode?: number;
}

class UserView {
  @ApiProperty({ description: 'Under the mini-program’s appid' }) openid!: string;
  @ApiProperty({ description: 'Under the mobile app’s' }) mobileOpenid!: string;
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
