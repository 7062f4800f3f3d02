import { Injectable, Logger } from '@nestjs/common';
import { EncryptionKey } from '../common/encryption-key.js';
import { Settings } from '../config/settings.js';
import { WechatPhoneGateway } from '../wechat/wechat-phone.gateway.js';
import { maskPhoneNumber, formatPhoneNumber, parsePhoneNumber } from './phone-number.js';
import { UserService } from './user.service.js';

/**
 * Stores users' phone numbers encrypted and bound to the user, so that a database dump or a row copied to another user reveals
 * no number. No API returns a full number.
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
    const { DATA_ENCRYPTION_KEY: currentKey, DATA_ENCRYPTION_OLD_KEYS: oldKeys, WECHAT_APP_SECRET } = settings;
    const derived = EncryptionKey.derivedFrom(WECHAT_APP_SECRET, 'phone numbers');
    this.encryptionKey = currentKey === undefined ? derived : EncryptionKey.fromBase64(currentKey);
    // Numbers encrypted before DATA_ENCRYPTION_KEY was set stay readable while the AppSecret is the same.
    this.decryptionKeys = [
      this.encryptionKey,
      derived,
      ...(oldKeys?.split(',') ?? []).map((key) => EncryptionKey.fromBase64(key)),
    ];
  }

  /** @returns the masked number. @throws DomainError as `WechatPhoneGateway.exchangeCode`. */
  async exchangeCode(userId: string, code: string): Promise<string> {
    const phone = await this.wechat.exchangeCode(code);
    await this.users.savePhone(userId, this.encryptionKey.encrypt(formatPhoneNumber(phone), userId));
    return maskPhoneNumber(phone);
  }

  /** Returns the masked number. Null when there is none or it cannot be decrypted: the mini-program then requests it again. */
  async findMasked(userId: string): Promise<string | null> {
    const encrypted = (await this.users.findById(userId))?.encryptedPhone ?? null;
    if (encrypted === null) return null;
    const text = this.decryptionKeys
      .map((key) => key.decrypt(encrypted, userId))
      .find((decrypted) => decrypted !== null);
    const phone = text === undefined ? null : parsePhoneNumber(text);
    if (phone === null)
      this.log.warn(`The phone number of user ${userId} was encrypted with a key that is not configured`);
    return phone && maskPhoneNumber(phone);
  }
}
