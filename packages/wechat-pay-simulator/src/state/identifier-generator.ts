import { Injectable } from '@nestjs/common';
import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { ResetRegistry } from './reset-registry.js';
import { V1Receipt } from '../book/wechat-order.js';

/** Generates numbers in WeChat's formats. A running number in them keeps them unique. */
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

  /** 28 digits: too long for a JSON number. */
  transactionId(): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `4200${this.random.digits(6)}${day}${this.random.digits(4)}${this.next(6)}`;
  }

  /** 28 digits in v1 too: the merchant's number, the day and a number. */
  v1TransactionId(partner: string): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `${partner.padStart(10, '0')}${day}${this.random.digits(4)}${this.next(6)}`;
  }

  /** The further numbers of a v1 payment. */
  v1Receipt(): V1Receipt {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return { bankBillNo: `${day}${this.random.digits(7)}`, notifyId: this.random.alphanumeric(128) };
  }

  /** 32 characters, the format of v1. */
  v1PrepayId(): string {
    const day = beijingStamp(this.clock.now()).slice(2, 8);
    return `1201000000${day}${this.random.hex(10)}${this.next(6)}`;
  }

  /** 29 digits. */
  refundId(): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `50${this.random.digits(8)}${day}${this.random.digits(5)}${this.next(6)}`;
  }

  /** A number of the account: 28 digits, like those of logged fund-flow bills. */
  flowNo(): string {
    const day = beijingStamp(this.clock.now()).slice(0, 8);
    return `1900${this.random.digits(6)}${day}${this.random.digits(4)}${this.next(6)}`;
  }

  /** The token in the address of a bill. */
  billToken(): string {
    return this.random.alphanumeric(64);
  }

  /** The format of the merchant platform for refunds by hand. */
  vendorRefundNo(): string {
    return `VENDOR${beijingStamp(this.clock.now())}${this.next(6)}`;
  }

  /** 36 characters: `wx`, the Beijing time and 20 hexadecimal digits. */
  prepayId(): string {
    return `wx${beijingStamp(this.clock.now())}${this.random.hex(14)}${this.next(6)}`;
  }

  /** The content of the QR code of a NATIVE order. */
  codeUrl(): string {
    return `weixin://wxpay/bizpayurl?pr=${this.random.alphanumeric(5)}${this.next(4)}`;
  }

  /** @param origin scheme and host of the page */
  mwebUrl(origin: string, prepayId: string): string {
    return `${origin}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=${prepayId}&package=${this.random.digits(10)}`;
  }

  couponId(): string {
    return `2000000${this.random.digits(9)}`;
  }

  /** 16 characters in responses, 32 in notices. */
  nonce(length: 16 | 32): string {
    return this.random.alphanumeric(length);
  }

  private next(length: number): string {
    return String(++this.lastNumber).padStart(length, '0').slice(-length);
  }
}
