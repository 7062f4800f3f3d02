import { TextField, ChoiceField, StringField } from '../../field-decorators.js';
import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsString, Matches } from 'class-validator';
import { WechatTemplateStore } from '../../messages/wechat-template-store.js';
import { SubscribeMessageStore } from '../../messages/subscribe-message-store.js';
import { VALUE_KINDS } from '../../messages/value-limits.js';
import { UserStore } from '../../state/user-store.js';
import { ApiListResponse } from '../api-helpers.js';
import type { Plain } from '../api-helpers.js';

const KEY = new RegExp(`^(${VALUE_KINDS.join('|')})\\d+$`);

class TemplateRequest {
  @TextField(1, 64, { example: 'SimOrderPaid0000000000000000000000000000000' })
  templateId!: string;

  @TextField(1, 64, { example: '支付成功通知' })
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

  @ChoiceField(['accept', 'reject'], { optional: true, default: 'accept' })
  decision?: 'accept' | 'reject';
}

class ConsentView {
  @ApiProperty() templateId!: string;
  @ApiProperty({ description: 'Messages that may still be sent' }) left!: number;
}

class SentFilter {
  @StringField({ optional: true })
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
    private readonly messages: SubscribeMessageStore,
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

  @ApiOperation({ summary: 'The choice of a user in wx.requestSubscribeMessage: each consent allows one message' })
  @ApiListResponse(ConsentView)
  @Post('users/:openid/consents')
  consent(@Param('openid') openid: string, @Body() { templateIds, decision = 'accept' }: ConsentRequest) {
    if (this.users.find(openid) === undefined)
      throw new NotFoundException(`No user has the openid ${openid}; use POST /_control/users first`);
    const unknown = templateIds.find((templateId) => this.templates.find(templateId) === undefined);
    if (unknown !== undefined) throw new NotFoundException(`Template ${unknown} does not exist`);
    for (const templateId of decision === 'accept' ? templateIds : []) this.messages.grantConsent(openid, templateId);
    return {
      items: templateIds.map((templateId) => ({ templateId, left: this.messages.consentsLeft(openid, templateId) })),
    };
  }

  @ApiOperation({ summary: 'The delivered messages, in order' })
  @ApiListResponse(SentMessageView)
  @Get('subscribe-messages')
  listSent(@Query() { openid }: SentFilter) {
    return { items: this.messages.findSent(openid) };
  }
}
