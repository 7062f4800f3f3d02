import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';

/** The consents of users: each tap on 允许 allows one message of that template; they add up. */
@Injectable()
export class ConsentStore {
  private readonly remaining = new Map<string, number>();

  constructor(resets: ResetRegistry) {
    resets.onReset(() => {
      this.remaining.clear();
    });
  }

  grant(openid: string, templateId: string): void {
    this.remaining.set(keyOf(openid, templateId), this.remainingFor(openid, templateId) + 1);
  }

  remainingFor(openid: string, templateId: string): number {
    return this.remaining.get(keyOf(openid, templateId)) ?? 0;
  }

  /** False when no consent is left. */
  consume(openid: string, templateId: string): boolean {
    const left = this.remainingFor(openid, templateId);
    if (left === 0) return false;
    this.remaining.set(keyOf(openid, templateId), left - 1);
    return true;
  }
}

function keyOf(openid: string, templateId: string): string {
  return `${openid} ${templateId}`;
}
