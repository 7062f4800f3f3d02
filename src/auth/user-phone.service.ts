import { Injectable, Logger } from '@nestjs/common';
import { EncryptionKey } from '../common/encryption-key.js';
import { Settings } from '../config/settings.js';
import { WechatPhoneGateway } from '../wechat/wechat-phone.gateway.js';
import { maskPhoneNumber, formatPhoneNumber, parsePhoneNumber } from './phone-number.js';
import { UserService } from './user.service.js';

/**
 * The phone numbers that users gave. In the database they are sealed, each for its user: a dump, or a row copied into
 * another, tells nobody's. Nothing shows one in full.
 */
@Injectable()
export class UserPhoneService {
  private readonly log = new Logger(UserPhoneService.name);
  private readonly encryptionKey: EncryptionKey;
  private readonly decryptionKeys: readonly EncryptionKey[];

  constructor(
    settings: Settings,
    private readonly users: UserService,
    private readonly wechat: WechatPhoneGateway,
  ) {
    const { DATA_ENCRYPTION_KEY: given, DATA_ENCRYPTION_OLD_KEYS: old, WECHAT_APP_SECRET } = settings;
    const derived = EncryptionKey.derivedFrom(WECHAT_APP_SECRET, 'phone numbers');
    this.encryptionKey = given === undefined ? derived : EncryptionKey.fromBase64(given);
    // Numbers sealed before there was a key stay legible for as long as the AppSecret is the same.
    this.decryptionKeys = [
      this.encryptionKey,
      derived,
      ...(old?.split(',') ?? []).map((key) => EncryptionKey.fromBase64(key)),
    ];
  }

  /** @returns the number, masked. @throws DomainError as `WechatPhoneGateway.exchangeCode`. */
  async exchangeCode(userId: string, code: string): Promise<string> {
    const phone = await this.wechat.exchangeCode(code);
    await this.users.savePhone(userId, this.encryptionKey.encrypt(formatPhoneNumber(phone), userId));
    return maskPhoneNumber(phone);
  }

  /** Masked, or null when the user has given none, or none that can still be read: then the mini-program asks again. */
  async findMasked(userId: string): Promise<string | null> {
    const sealed = (await this.users.findById(userId))?.sealedPhone ?? null;
    if (sealed === null) return null;
    const text = this.decryptionKeys.map((key) => key.decrypt(sealed, userId)).find((opened) => opened !== null);
    const phone = text === undefined ? null : parsePhoneNumber(text);
    if (phone === null) this.log.warn(`The phone number of user ${userId} was sealed with a key that is not given`);
    return phone && maskPhoneNumber(phone);
  }
}
