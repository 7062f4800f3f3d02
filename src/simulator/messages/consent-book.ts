import { Injectable } from '@nestjs/common';
import { Resets } from '../state/resets.js';

/** What people have agreed to: each tap on 允许 is good for one message by that template, and they add up. */
@Injectable()
export class ConsentBook {
  private readonly left = new Map<string, number>();

  constructor(resets: Resets) {
    resets.onReset(() => {
      this.left.clear();
    });
  }

  grant(openid: string, templateId: string): void {
    this.left.set(keyOf(openid, templateId), this.leftOf(openid, templateId) + 1);
  }

  leftOf(openid: string, templateId: string): number {
    return this.left.get(keyOf(openid, templateId)) ?? 0;
  }

  /** False when there is none left. */
  use(openid: string, templateId: string): boolean {
    const left = this.leftOf(openid, templateId);
    if (left === 0) return false;
    this.left.set(keyOf(openid, templateId), left - 1);
    return true;
  }
}

function keyOf(openid: string, templateId: string): string {
  return `${openid} ${templateId}`;
}
