import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { RoutesFor } from '../common/http/route-audience.js';
import { BUYER_NOTIFICATION_TYPES, type BuyerNotificationType } from '../order/buyer-notification.js';
import { MessageTemplates } from './message-templates.js';

class MessageTemplateView {
  @ApiProperty({ enum: BUYER_NOTIFICATION_TYPES, description: 'The event that the message is about' })
  event!: BuyerNotificationType;

  @ApiProperty({ description: 'For `tmplIds` of wx.requestSubscribeMessage; several events may share one' })
  templateId!: string;
}

class MessageTemplateListView {
  @ApiProperty({ type: [MessageTemplateView] })
  items!: MessageTemplateView[];
}

/** Lists the templates that a mini-program must request consent for. It is public: not secret, and needed before login. */
@ApiTags('messages')
@Controller('api/message-templates')
@RoutesFor('ANYONE')
export class MessageTemplatesController {
  constructor(private readonly templates: MessageTemplates) {}

  @Get()
  @ApiOperation({
    summary: 'Lists the subscribe messages that this shop sends; the buyer must agree to each of them first',
  })
  @ApiOkResponse({ type: MessageTemplateListView })
  list(): MessageTemplateListView {
    const items = BUYER_NOTIFICATION_TYPES.flatMap((event) => {
      const templateId = this.templates.find(event)?.templateId;
      return templateId === undefined ? [] : [{ event, templateId }];
    });
    return { items };
  }
}
