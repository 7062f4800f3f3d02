import { Injectable, Logger } from '@nestjs/common';
import { DataEncryption } from '../config/data-encryption.js';
import { Settings } from '../config/settings.js';
import { WechatPhoneClient, type PhoneNumber } from '../wechat/mini-program/wechat-phone.client.js';
import { UserService } from './user.service.js';

/**
 * Stores users' phone numbers encrypted and bound to the user, so that a database dump or a row copied to another user reveals
 * no number. No API returns a full number.
 */
@Injectable()
export class UserPhoneService {
  private readonly log = new Logger(UserPhoneService.name);
  private readonly encryption: DataEncryption;

  constructor(
    settings: Settings,
    private readonly users: UserService,
    private readonly wechat: WechatPhoneClient,
  ) {
    this.encryption = new DataEncryption(settings, 'phone numbers');
  }

  /** @returns the masked number. @throws DomainError as `WechatPhoneClient.exchangeCode`. */
  async exchangeCode(userId: string, code: string): Promise<string> {
    const phone = await this.wechat.exchangeCode(code);
    await this.users.savePhone(userId, this.encryption.encrypt(formatPhoneNumber(phone), userId));
    return maskPhoneNumber(phone);
  }

  /** Returns the masked number. Null when there is none or it cannot be decrypted: the mini-program then requests it again. */
  async findMasked(userId: string): Promise<string | null> {
    const encrypted = (await this.users.findById(userId))?.encryptedPhone ?? null;
    if (encrypted === null) return null;
    const text = this.encryption.decrypt(encrypted, userId);
    const phone = text === null ? null : parsePhoneNumber(text);
    if (phone === null)
      this.log.warn(`The phone number of user ${userId} was encrypted with a key that is not configured`);
    return phone && maskPhoneNumber(phone);
  }
}

const CHINA_COUNTRY_CODE = '86';
const MASK = '****';
/** Visible digits at the end, and at most at the beginning. */
const [TAIL, HEAD] = [4, 3];

/** `138****0000`, or `+852 ****4567` for other countries. Hides at least four digits, or all but two of a short number. */
export function maskPhoneNumber({ countryCode, number }: PhoneNumber): string {
  const head = number.slice(0, Math.min(HEAD, Math.max(0, number.length - TAIL - MASK.length)));
  const tail = number.slice(number.length < TAIL + MASK.length ? -2 : -TAIL);
  return `${countryCode === CHINA_COUNTRY_CODE ? '' : `+${countryCode} `}${head}${MASK}${tail}`;
}

export function formatPhoneNumber({ countryCode, number }: PhoneNumber): string {
  return `+${countryCode} ${number}`;
}

export function parsePhoneNumber(text: string): PhoneNumber | null {
  const [, countryCode, number] = /^\+(\d+) (\d+)$/.exec(text) ?? [];
  return countryCode !== undefined && number !== undefined ? { countryCode, number } : null;
}
