import { Injectable } from '@nestjs/common';
import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { ResetRegistry } from './reset-registry.js';
import { V1Receipt } from './wechat-order.js';

/** Numbers in the shapes in which WeChat gives them out. A running number inside keeps them unique. */
@Injectable()
export class IdentifierGenerator {
  private lastNumber = 0;

  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.lastNumber = 0;
    });
  }

  /** 28 digits: more than a JSON number can hold. */
  transactionId(): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `4200${this.random.digits(6)}${day}${this.random.digits(4)}${this.next(6)}`;
  }

  /** 28 digits too, in the app protocol of 2014: the merchant's number, the day, a number. */
  v1TransactionId(partner: string): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `${partner.padStart(10, '0')}${day}${this.random.digits(4)}${this.next(6)}`;
  }

  /** What else a payment by that protocol is known by. */
  v1Receipt(): V1Receipt {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return { bankBillNo: `${day}${this.random.digits(7)}`, notifyId: this.random.alphanumeric(128) };
  }

  /** 32 characters, as that protocol gives them out. */
  v1PrepayId(): string {
    const day = beijingStamp(this.clock.now()).slice(2, 8);
    return `1201000000${day}${this.random.hex(10)}${this.next(6)}`;
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

  /** @param origin of the page: scheme and host */
  mwebUrl(origin: string, prepayId: string): string {
    return `${origin}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=${prepayId}&package=${this.random.digits(10)}`;
  }

  couponId(): string {
    return `2000000${this.random.digits(9)}`;
  }

  /** 16 characters in answers, 32 in notices. */
  nonce(length: 16 | 32): string {
    return this.random.alphanumeric(length);
  }

  private next(length: number): string {
    return String(++this.lastNumber).padStart(length, '0').slice(-length);
  }
}
