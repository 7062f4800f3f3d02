import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { ResetRegistry } from '../state/reset-registry.js';

/** A message in a user's 服务通知. */
export interface SentMessage {
  readonly id: number;
  readonly at: Date;
  readonly openid: string;
  readonly templateId: string;
  readonly title: string;
  /** The page that a tap opens; null: none. */
  readonly page: string | null;
  readonly data: Readonly<Record<string, string>>;
  readonly miniprogramState: string;
  readonly lang: string;
}

/**
 * The consents of users and the delivered messages. Each tap on 允许 allows one message of that template; consents add up.
 */
@Injectable()
export class SubscribeMessageStore {
  private readonly consents = new Map<string, number>();
  private sent: SentMessage[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.consents.clear();
      this.sent = [];
    });
  }

  grantConsent(openid: string, templateId: string): void {
    this.consents.set(`${openid} ${templateId}`, this.consentsLeft(openid, templateId) + 1);
  }

  consentsLeft(openid: string, templateId: string): number {
    return this.consents.get(`${openid} ${templateId}`) ?? 0;
  }

  /** Delivers a message and uses up one consent. False when there is none. */
  deliver(message: Omit<SentMessage, 'id' | 'at'>): boolean {
    const left = this.consentsLeft(message.openid, message.templateId);
    if (left === 0) return false;
    this.consents.set(`${message.openid} ${message.templateId}`, left - 1);
    this.sent.push({ id: this.sent.length + 1, at: this.clock.now(), ...message });
    return true;
  }

  /** In order. @param openid the receiver; default: all receivers */
  findSent(openid?: string): SentMessage[] {
    return this.sent.filter((message) => openid === undefined || message.openid === openid);
  }
}
