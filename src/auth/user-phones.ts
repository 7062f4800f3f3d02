import { Injectable, Logger } from '@nestjs/common';
import { SealingKey } from '../common/sealing.js';
import { Settings } from '../config/settings.js';
import { WechatPhones } from '../wechat/wechat-phones.js';
import { masked, phoneText, readPhoneText } from './phone-number.js';
import { Users } from './users.js';

/**
 * The phone numbers that users gave. In the database they are sealed, each for its user: a dump, or a row copied into
 * another, tells nobody's. Nothing shows one in full.
 */
@Injectable()
export class UserPhones {
  private readonly log = new Logger(UserPhones.name);
  private readonly sealing: SealingKey;
  private readonly opening: readonly SealingKey[];

  constructor(
    settings: Settings,
    private readonly users: Users,
    private readonly wechat: WechatPhones,
  ) {
    const { DATA_ENCRYPTION_KEY: given, DATA_ENCRYPTION_OLD_KEYS: old, WECHAT_APP_SECRET } = settings;
    const derived = SealingKey.derivedFrom(WECHAT_APP_SECRET, 'phone numbers');
    this.sealing = given === undefined ? derived : SealingKey.of(given);
    // Numbers sealed before there was a key stay legible for as long as the AppSecret is the same.
    this.opening = [this.sealing, derived, ...(old?.split(',') ?? []).map((key) => SealingKey.of(key))];
  }

  /** @returns the number, masked. @throws DomainError as `WechatPhones.exchangeCode`. */
  async exchange(userId: string, code: string): Promise<string> {
    const phone = await this.wechat.exchangeCode(code);
    await this.users.keepPhone(userId, this.sealing.seal(phoneText(phone), userId));
    return masked(phone);
  }

  /** Masked, or null when the user has given none, or none that can still be read: then the mini-program asks again. */
  async maskedOf(userId: string): Promise<string | null> {
    const sealed = (await this.users.findById(userId))?.sealedPhone ?? null;
    if (sealed === null) return null;
    const text = this.opening.map((key) => key.open(sealed, userId)).find((opened) => opened !== null);
    const phone = text === undefined ? null : readPhoneText(text);
    if (phone === null) this.log.warn(`The phone number of user ${userId} was sealed with a key that is not given`);
    return phone && masked(phone);
  }
}
