import { Injectable } from '@nestjs/common';
import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { Resets } from './resets.js';

/** Numbers in the shapes in which WeChat gives them out. A running number inside keeps them unique. */
@Injectable()
export class Identifiers {
  private taken = 0;

  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    resets: Resets,
  ) {
    resets.onReset(() => {
      this.taken = 0;
    });
  }

  /** 28 digits: more than a JSON number can hold. */
  transactionId(): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `4200${this.random.digits(6)}${day}${this.random.digits(4)}${this.next(6)}`;
  }

  /** 29 digits. */
  refundId(): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `50${this.random.digits(8)}${day}${this.random.digits(5)}${this.next(6)}`;
  }

  /** As the merchant platform makes them for refunds by hand. */
  vendorRefundNo(): string {
    return `VENDOR${beijingStamp(this.clock.now())}${this.next(6)}`;
  }

  /** 36 characters: `wx`, the time in Beijing, 20 hexadecimal digits. */
  prepayId(): string {
    return `wx${beijingStamp(this.clock.now())}${this.random.hex(14)}${this.next(6)}`;
  }

  /** What the QR code of a NATIVE order says. */
  codeUrl(): string {
    return `weixin://wxpay/bizpayurl?pr=${this.random.alphanumeric(5)}${this.next(4)}`;
  }

  mwebUrl(prepayId: string): string {
    const path = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb';
    return `${path}?prepay_id=${prepayId}&package=${this.random.digits(10)}`;
  }

  couponId(): string {
    return `2000000${this.random.digits(9)}`;
  }

  /** 16 characters in answers, 32 in notices. */
  nonce(length: 16 | 32): string {
    return this.random.alphanumeric(length);
  }

  private next(length: number): string {
    return String(++this.taken).padStart(length, '0').slice(-length);
  }
}
