import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PlatformCertificate, SimulatorCertificates } from '../certificates/simulator-certificates.js';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { decryptField } from './wire/v3-crypto.js';

/** One of WeChat's keys, named by `Wechatpay-Serial`. */
export interface WechatKey {
  readonly id: string;
  readonly privateKey: string;
}

/** A certificate of the merchant: its serial number, and its key as PEM. */
interface MerchantKey {
  readonly serial: string;
  readonly publicKey: string;
}

/** The keys of WeChat and of the merchant. Which of WeChat's keys exist and sign depends on `v3Keys` and `v3Certificates`. */
@Injectable()
export class KeyRing {
  /** Both certificates of the merchant, the older one first. */
  private readonly merchantKeys: readonly [MerchantKey, MerchantKey];
  /** Another merchant of WeChat, who has no orders here. */
  readonly otherMerchant: MerchantKey & { readonly mchId: string };

  constructor(
    private readonly certificates: SimulatorCertificates,
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly random: SeededRandom,
  ) {
    const { merchant, renewedMerchant, otherMerchant } = certificates.all;
    this.merchantKeys = [merchantKeyOf(merchant.cert), merchantKeyOf(renewedMerchant.cert)];
    const [, mchId = ''] = /^CN=(.+)$/m.exec(new X509Certificate(otherMerchant.cert).subject) ?? [];
    this.otherMerchant = { ...merchantKeyOf(otherMerchant.cert), mchId };
  }

  /** PEM of the newest certificate that WeChat accepts. */
  get merchantPublicKey(): string {
    const [first, renewed] = this.merchantKeys;
    return (this.behaviours.current.v3MerchantCertificate === 'first' ? first : renewed).publicKey;
  }

  /** PEM of the merchant's key with this serial; undefined for one that WeChat does not accept. */
  findMerchantKey(serial: string): string | undefined {
    const [first, renewed] = this.merchantKeys;
    const { v3MerchantCertificate } = this.behaviours.current;
    const accepted = { first: [first], both: [first, renewed], renewed: [renewed] }[v3MerchantCertificate];
    return accepted.find((key) => key.serial === serial.toUpperCase())?.publicKey;
  }

  /** The same for the other merchant. */
  findOtherKey(serial: string): string | undefined {
    return this.otherMerchant.serial === serial.toUpperCase() ? this.otherMerchant.publicKey : undefined;
  }

  get apiV3Key(): string {
    return this.settings.merchant.api_v3_key;
  }

  /** What `GET /v3/certificates` lists, oldest first; empty for a merchant who has only the public key. */
  listedCertificates(): readonly PlatformCertificate[] {
    const { v3Keys, v3Certificates } = this.behaviours.current;
    const { oldCertificate, newCertificate } = this.certificates.platform;
    if (v3Certificates === 'rotating' || v3Certificates === 'rotated') return [oldCertificate, newCertificate];
    return v3Certificates === 'none' && v3Keys === 'public-key' ? [] : [oldCertificate];
  }

  /**
   * True for the id of an existing key in `Wechatpay-Serial`. The id of the public key is accepted even before the
   * merchant's switch to it is enabled.
   */
  isAcceptedInHeader(keyId: string): boolean {
    return this.findKey(keyId) !== undefined;
  }

  /**
   * Decrypts a field that the merchant encrypted with the key in `Wechatpay-Serial`; undefined when that is not possible.
   */
  decrypt(encrypted: unknown, keyId: string | undefined): string | undefined {
    const key = this.findKey(keyId);
    return key === undefined || typeof encrypted !== 'string' ? undefined : decryptField(encrypted, key.privateKey);
  }

  private findKey(keyId: string | undefined): WechatKey | undefined {
    const keys = [this.publicKey, ...this.listedCertificates().map(keyOf)];
    return keys.find(({ id }) => id === keyId);
  }

  /**
   * The key that signs an answer: the public key when the request names it or when it is the only kind of key, else the
   * certificate in use. A merchant with certificates only gets their signature even for the id of the public key.
   */
  signerOfAnswer(keyId: string | undefined): WechatKey {
    const { v3Keys } = this.behaviours.current;
    if (v3Keys === 'certificate') return this.certificateInUse();
    if (v3Keys === 'grey') return keyId === this.publicKey.id ? this.publicKey : this.certificateInUse();
    return this.listedCertificates().some(({ serial }) => serial === keyId) ? this.certificateInUse() : this.publicKey;
  }

  /** The key that signs a notice. During a grey switch WeChat chooses for each sending. */
  signerOfNotice(): WechatKey {
    const { v3Keys, v3GreyPercent } = this.behaviours.current;
    if (v3Keys === 'public-key') return this.publicKey;
    const isSwitched = v3Keys === 'grey' && this.random.fraction() * 100 < v3GreyPercent;
    return isSwitched ? this.publicKey : this.certificateInUse();
  }

  private get publicKey(): WechatKey {
    const { publicKeyId, publicKeyPair } = this.certificates.platform;
    return { id: publicKeyId, privateKey: publicKeyPair.privateKey };
  }

  /** While a new certificate is only announced, the old one signs. */
  private certificateInUse(): WechatKey {
    const { oldCertificate, newCertificate } = this.certificates.platform;
    return keyOf(this.behaviours.current.v3Certificates === 'rotated' ? newCertificate : oldCertificate);
  }
}

function merchantKeyOf(cert: string): MerchantKey {
  const { publicKey, serialNumber } = new X509Certificate(cert);
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { serial: serialNumber.toUpperCase(), publicKey: pem };
}

function keyOf({ serial, key }: PlatformCertificate): WechatKey {
  return { id: serial, privateKey: key };
}
