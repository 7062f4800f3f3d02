import { PatternField, ChoiceField, TextField, IfDefined } from '../../field-decorators.js';
import { Body, ConflictException, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsObject, IsUrl } from 'class-validator';
import type { MessageForgery } from '../../shipping/message-pusher.js';
import { MESSAGE_FORGERIES, MessagePusher, MessageHandshake } from '../../shipping/message-pusher.js';
import type { EventFields } from '../../shipping/message-envelope.js';
import { attemptView, AttemptView } from '../notices/notice.view.js';
import type { Plain } from '../api-helpers.js';

const FORMATS = ['xml', 'json'] as const;
const NO_ADDRESS = 'No address is set; use PUT /_control/message-push first';

class PushRequest {
  @ApiProperty({ example: 'http://127.0.0.1:3000/wechat/notify/message' })
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  url!: string;

  @PatternField(/^[0-9A-Za-z]{3,32}$/, { description: 'Token: 3 to 32 letters and digits' })
  token!: string;

  @ChoiceField(FORMATS, { optional: true, default: 'xml' })
  format?: 'xml' | 'json';

  @PatternField(/^[0-9A-Za-z]{43}$/, {
    optional: true,
    description: 'EncodingAESKey: with it, messages are sent in safe mode (encrypted)',
  })
  encodingAesKey?: string;
}

class PushView {
  @ApiProperty({ type: String, nullable: true, description: 'null: messages are not sent' }) url!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: FORMATS }) format!: string | null;
  @ApiProperty() isSafe!: boolean;
}

class SendRequest {
  @TextField(1, 64, { example: 'trade_manage_remind_access_api' })
  event!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The fields of the event' })
  @IfDefined()
  @IsObject()
  fields?: EventFields;

  @ChoiceField(MESSAGE_FORGERIES, {
    optional: true,
    description: 'other-body, other-appid and other-key need safe mode',
  })
  forge?: MessageForgery;
}

class HandshakeView {
  @ApiProperty({ description: 'The address responded with echostr and nothing else' }) isAccepted!: boolean;
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
    if (settings === undefined) throw new ConflictException(NO_ADDRESS);
    return (await this.handshakes.perform(settings)) satisfies Plain<HandshakeView>;
  }

  @ApiOperation({ summary: 'Send a message now, valid or forged, and return the response' })
  @ApiOkResponse({ type: AttemptView })
  @Post('send')
  @HttpCode(200)
  async send(@Body() { event, fields = {}, forge }: SendRequest) {
    if (!this.push.canForge(forge))
      throw new ConflictException(
        `${String(forge)} needs safe mode; set encodingAesKey with PUT /_control/message-push`,
      );
    const attempt = await this.push.sendOnce(event, fields, forge);
    if (attempt === undefined) throw new ConflictException(NO_ADDRESS);
    return attemptView(attempt) satisfies Plain<AttemptView>;
  }
}
