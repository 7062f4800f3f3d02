import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsString, Length, Matches } from 'class-validator';
import { ConsentStore } from '../messages/consent-store.js';
import { WechatTemplateStore } from '../messages/wechat-template-store.js';
import { SentMessageStore } from '../messages/sent-message-store.js';
import { VALUE_KINDS } from '../messages/value-limits.js';
import { UserStore } from '../state/user-store.js';
import { IfGiven } from './if-given.js';
import { ApiListResponse } from './api-list-response.js';
import type { Plain } from './plain.js';

const KEY = new RegExp(`^(${VALUE_KINDS.join('|')})\\d+$`);

class TemplateRequest {
  @ApiProperty({ example: 'SimOrderPaid0000000000000000000000000000000' })
  @Length(1, 64)
  templateId!: string;

  @ApiProperty({ example: '支付成功通知' })
  @Length(1, 64)
  title!: string;

  @ApiProperty({ type: [String], example: ['character_string1', 'amount2'] })
  @ArrayMinSize(1)
  @Matches(KEY, { each: true })
  keys!: string[];
}

class TemplateView extends TemplateRequest {}

class ConsentRequest {
  @ApiProperty({ type: [String], description: 'One to three, as wx.requestSubscribeMessage accepts them' })
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsString({ each: true })
  templateIds!: string[];

  @ApiPropertyOptional({ enum: ['accept', 'reject'], default: 'accept' })
  @IfGiven()
  @IsIn(['accept', 'reject'])
  decision?: 'accept' | 'reject';
}

class ConsentView {
  @ApiProperty() templateId!: string;
  @ApiProperty({ description: 'Messages that may still be sent' }) left!: number;
}

class SentFilter {
  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  openid?: string;
}

class SentMessageView {
  @ApiProperty() id!: number;
  @ApiProperty({ description: 'Virtual time' }) at!: Date;
  @ApiProperty() openid!: string;
  @ApiProperty() templateId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true }) page!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) data!: Record<string, string>;
  @ApiProperty({ enum: ['developer', 'trial', 'formal'] }) miniprogramState!: string;
  @ApiProperty({ example: 'zh_CN' }) lang!: string;
}

/** Subscribe messages: the templates of the merchant, the consents of the users, the delivered messages. */
@ApiTags('subscribe messages')
@Controller('_control')
export class SubscribeMessagesController {
  constructor(
    private readonly users: UserStore,
    private readonly templates: WechatTemplateStore,
    private readonly consents: ConsentStore,
    private readonly sent: SentMessageStore,
  ) {}

  @ApiOperation({ summary: 'The templates of the mini-program' })
  @ApiListResponse(TemplateView)
  @Get('message-templates')
  listTemplates() {
    return { items: this.templates.all() };
  }

  @ApiOperation({ summary: 'Add a template, or replace the one with this id' })
  @ApiCreatedResponse({ type: TemplateView })
  @Post('message-templates')
  addTemplate(@Body() request: TemplateRequest) {
    return this.templates.add({ ...request }) satisfies Plain<TemplateView>;
  }

  @ApiOperation({ summary: 'The answer of a user to wx.requestSubscribeMessage: each consent allows one message' })
  @ApiListResponse(ConsentView)
  @Post('users/:openid/consents')
  consent(@Param('openid') openid: string, @Body() { templateIds, decision = 'accept' }: ConsentRequest) {
    if (this.users.find(openid) === undefined)
      throw new NotFoundException(`No user has the openid ${openid}; use POST /_control/users first`);
    const unknown = templateIds.find((templateId) => this.templates.find(templateId) === undefined);
    if (unknown !== undefined) throw new NotFoundException(`Template ${unknown} does not exist`);
    for (const templateId of decision === 'accept' ? templateIds : []) this.consents.grant(openid, templateId);
    return {
      items: templateIds.map((templateId) => ({ templateId, left: this.consents.remainingFor(openid, templateId) })),
    };
  }

  @ApiOperation({ summary: 'The delivered messages, in order' })
  @ApiListResponse(SentMessageView)
  @Get('subscribe-messages')
  listSent(@Query() { openid }: SentFilter) {
    return { items: this.sent.find(openid) };
  }
}
