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

/** All delivered messages, in order. */
@Injectable()
export class SentMessageStore {
  private sent: SentMessage[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.sent = [];
    });
  }

  add(message: Omit<SentMessage, 'id' | 'at'>): void {
    this.sent.push({ id: this.sent.length + 1, at: this.clock.now(), ...message });
  }

  /** @param openid the receiver; default: all receivers */
  find(openid?: string): SentMessage[] {
    return this.sent.filter((message) => openid === undefined || message.openid === openid);
  }
}
