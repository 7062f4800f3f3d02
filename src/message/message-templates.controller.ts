import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { BUYER_NOTIFICATION_TYPES, type BuyerNotificationType } from '../order/buyer-notification.js';
import { MessageTemplates } from './message-templates.js';

class MessageTemplateView {
  @ApiProperty({ enum: BUYER_NOTIFICATION_TYPES, description: 'What the message tells' })
  event!: BuyerNotificationType;

  @ApiProperty({ description: 'For `tmplIds` of wx.requestSubscribeMessage; several events may share one' })
  templateId!: string;
}

class MessageTemplateListView {
  @ApiProperty({ type: [MessageTemplateView] })
  items!: MessageTemplateView[];
}

/** What a mini-program must ask consent for. No secret, and wanted before anybody has logged in: it is for everybody. */
@ApiTags('messages')
@Controller('api/message-templates')
export class MessageTemplatesController {
  constructor(private readonly templates: MessageTemplates) {}

  @Get()
  @ApiOperation({ summary: 'The subscribe messages that this shop sends: the buyer agrees to each one before it' })
  @ApiOkResponse({ type: MessageTemplateListView })
  list(): MessageTemplateListView {
    const items = BUYER_NOTIFICATION_TYPES.flatMap((event) => {
      const templateId = this.templates.find(event)?.templateId;
      return templateId === undefined ? [] : [{ event, templateId }];
    });
    return { items };
  }
}
