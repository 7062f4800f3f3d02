import { Injectable } from '@nestjs/common';
import { Resets } from '../state/resets.js';

/** A template that the merchant has chosen in 小程序后台 → 订阅消息. */
export interface MessageTemplate {
  readonly templateId: string;
  readonly title: string;
  /** Such as `thing4`: the kind of the value, and a number. */
  readonly keys: readonly string[];
}

/** Of an invented shop, so that nobody needs to choose any to begin. */
export const DEMO_TEMPLATES: readonly MessageTemplate[] = [
  template('SimOrderPaid', '支付成功通知', ['character_string1', 'amount2', 'date3', 'thing4']),
  template('SimRefundApproved', '退款审核通过通知', ['character_string1', 'amount2', 'date3', 'thing4']),
  template('SimRefundRejected', '退款审核不通过通知', ['character_string1', 'amount2', 'thing3', 'date4']),
  template('SimRefundSucceeded', '退款到账通知', ['character_string1', 'amount2', 'date3', 'thing4']),
  template('SimRefundFailed', '退款失败通知', ['character_string1', 'amount2', 'date3', 'phrase4']),
];

/** The templates that this mini-program may send by. */
@Injectable()
export class MessageTemplates {
  private readonly templates = new Map<string, MessageTemplate>();

  constructor(resets: Resets) {
    this.start();
    resets.onReset(() => {
      this.start();
    });
  }

  /** One with an id that is there already takes its place. */
  add(added: MessageTemplate): MessageTemplate {
    this.templates.set(added.templateId, added);
    return added;
  }

  find(templateId: string): MessageTemplate | undefined {
    return this.templates.get(templateId);
  }

  all(): MessageTemplate[] {
    return [...this.templates.values()];
  }

  private start(): void {
    this.templates.clear();
    for (const demo of DEMO_TEMPLATES) this.add(demo);
  }
}

/** Ids have 43 characters. */
function template(name: string, title: string, keys: readonly string[]): MessageTemplate {
  return { templateId: name.padEnd(43, '0'), title, keys };
}
