import { Body, ConflictException, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsObject, IsUrl, Length, Matches } from 'class-validator';
import type { MessageForgery } from '../shipping/message-pusher.js';
import { MESSAGE_FORGERIES, MessagePusher } from '../shipping/message-pusher.js';
import { MessageHandshake } from '../shipping/message-handshake.js';
import type { EventFields } from '../shipping/message-envelope.js';
import { IfGiven } from './if-given.js';
import { attemptView, AttemptView } from './notice.view.js';
import type { Plain } from './plain.js';

const FORMATS = ['xml', 'json'] as const;

class PushRequest {
  @ApiProperty({ example: 'http://127.0.0.1:3000/wechat/notify/message' })
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  url!: string;

  @ApiProperty({ description: 'Token: 3 to 32 letters and digits' })
  @Matches(/^[0-9A-Za-z]{3,32}$/)
  token!: string;

  @ApiPropertyOptional({ enum: FORMATS, default: 'xml' })
  @IfGiven()
  @IsIn(FORMATS)
  format?: 'xml' | 'json';

  @ApiPropertyOptional({ description: 'EncodingAESKey: with it, messages are sent in safe mode (encrypted)' })
  @IfGiven()
  @Matches(/^[0-9A-Za-z]{43}$/)
  encodingAesKey?: string;
}

class PushView {
  @ApiProperty({ type: String, nullable: true, description: 'null: messages are not sent' }) url!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: FORMATS }) format!: string | null;
  @ApiProperty() isSafe!: boolean;
}

class SendRequest {
  @ApiProperty({ example: 'trade_manage_remind_access_api' })
  @Length(1, 64)
  event!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The fields of the event' })
  @IfGiven()
  @IsObject()
  fields?: EventFields;

  @ApiPropertyOptional({ enum: MESSAGE_FORGERIES })
  @IfGiven()
  @IsIn(MESSAGE_FORGERIES)
  forge?: MessageForgery;
}

class HandshakeView {
  @ApiProperty({ description: 'The address answered echostr and nothing else' }) isAccepted!: boolean;
  @ApiProperty({ type: Number, nullable: true }) status!: number | null;
}

/** 小程序后台 → 开发管理 → 消息推送. */
@ApiTags('messages')
@Controller('_control/message-push')
export class MessagePushController {
  constructor(
    private readonly push: MessagePusher,
    private readonly handshakes: MessageHandshake,
  ) {}

  @ApiOperation({ summary: 'The address that messages are sent to' })
  @ApiOkResponse({ type: PushView })
  @Get()
  read() {
    const { settings } = this.push;
    return {
      url: settings?.url ?? null,
      format: settings?.format ?? null,
      isSafe: settings?.encodingAesKey !== undefined,
    } satisfies Plain<PushView>;
  }

  @ApiOperation({ summary: 'Set the address and format of messages' })
  @ApiOkResponse({ type: PushView })
  @Put()
  change(@Body() { format = 'xml', encodingAesKey, ...rest }: PushRequest) {
    this.push.settings = { ...rest, format, ...(encodingAesKey !== undefined && { encodingAesKey }) };
    return this.read();
  }

  @ApiOperation({ summary: 'Stop sending messages' })
  @Delete()
  @HttpCode(204)
  stop(): void {
    this.push.settings = undefined;
  }

  @ApiOperation({ summary: 'The check when the address is saved: GET with echostr, which must be returned' })
  @ApiOkResponse({ type: HandshakeView })
  @Post('handshake')
  @HttpCode(200)
  async handshake() {
    const { settings } = this.push;
    if (settings === undefined) throw new ConflictException('No address is set; use PUT /_control/message-push first');
    return (await this.handshakes.perform(settings)) satisfies Plain<HandshakeView>;
  }

  @ApiOperation({ summary: 'Send a message now, valid or forged, and return the reply' })
  @ApiOkResponse({ type: AttemptView })
  @Post('send')
  @HttpCode(200)
  async send(@Body() { event, fields = {}, forge }: SendRequest) {
    const attempt = await this.push.sendOnce(event, fields, forge);
    if (attempt === undefined) throw new ConflictException('No address is set; use PUT /_control/message-push first');
    return attemptView(attempt) satisfies Plain<AttemptView>;
  }
}
