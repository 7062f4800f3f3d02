import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';

/** A template that the merchant selected in 小程序后台 → 订阅消息. */
export interface WechatTemplate {
  readonly templateId: string;
  readonly title: string;
  /** Such as `thing4`: the kind of the value and a number. */
  readonly keys: readonly string[];
}

/** Templates of the demo shop, so that none have to be set up first. */
export const DEMO_TEMPLATES: readonly WechatTemplate[] = [
  demoTemplate('SimOrderPaid', '支付成功通知', ['character_string1', 'amount2', 'date3', 'thing4']),
  demoTemplate('SimRefundApproved', '退款审核通过通知', ['character_string1', 'amount2', 'date3', 'thing4']),
  demoTemplate('SimRefundRejected', '退款审核不通过通知', ['character_string1', 'amount2', 'thing3', 'date4']),
  demoTemplate('SimRefundSucceeded', '退款到账通知', ['character_string1', 'amount2', 'date3', 'thing4']),
  demoTemplate('SimRefundFailed', '退款失败通知', ['character_string1', 'amount2', 'date3', 'phrase4']),
];

/** The templates of the mini-program. */
@Injectable()
export class WechatTemplateStore {
  private readonly templates = new Map<string, WechatTemplate>();

  constructor(resets: ResetRegistry) {
    this.restoreDefaults();
    resets.onReset(() => {
      this.restoreDefaults();
    });
  }

  /** Replaces a template with the same id. */
  add(added: WechatTemplate): WechatTemplate {
    this.templates.set(added.templateId, added);
    return added;
  }

  find(templateId: string): WechatTemplate | undefined {
    return this.templates.get(templateId);
  }

  all(): WechatTemplate[] {
    return [...this.templates.values()];
  }

  private restoreDefaults(): void {
    this.templates.clear();
    for (const demo of DEMO_TEMPLATES) this.add(demo);
  }
}

/** Template ids have 43 characters. */
function demoTemplate(name: string, title: string, keys: readonly string[]): WechatTemplate {
  return { templateId: name.padEnd(43, '0'), title, keys };
}
