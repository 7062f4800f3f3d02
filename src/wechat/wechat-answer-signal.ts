import { Injectable } from '@nestjs/common';
import type { Outcome } from './outcome.js';

/** Signals that WeChat Pay has just given a usable answer, so that work delayed by an outage can continue. */
@Injectable()
export class WechatAnswerSignal {
  private readonly listeners: (() => void)[] = [];

  /** @param listener is called often: it must return at once and never throw. */
  onAnswer(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Returns the outcome unchanged. */
  async observe<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await call;
    if (outcome.kind === 'done') for (const listener of this.listeners) listener();
    return outcome;
  }
}
