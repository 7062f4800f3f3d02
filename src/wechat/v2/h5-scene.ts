import type { Settings } from '../../config/settings.js';
import { truncateToBytes } from './truncate-to-bytes.js';

/** `scene_info` allows 256. WeChat does not say whether characters or bytes, so bytes are counted. */
const MAX_SCENE_INFO_BYTES = 256;

/** The website of a payment in a mobile browser, and the address it returns to. Source: v2.md §2. */
export class H5Scene {
  readonly sceneInfo: string;
  private readonly returnUrl: string | undefined;

  constructor({ PUBLIC_BASE_URL, SHOP_NAME, ...settings }: Settings) {
    const url = settings.WECHAT_H5_WAP_URL ?? new URL(PUBLIC_BASE_URL).origin;
    this.sceneInfo = buildSceneInfo(url, settings.WECHAT_H5_WAP_NAME ?? SHOP_NAME);
    this.returnUrl = settings.WECHAT_H5_REDIRECT_URL;
  }

  /** WeChat's page returns to the calling page, or to the address that is appended here. */
  withRedirectUrl(mwebUrl: string): string {
    return this.returnUrl === undefined ? mwebUrl : `${mwebUrl}&redirect_url=${encodeURIComponent(this.returnUrl)}`;
  }
}

/** Shortens the name when the address is long, because WeChat finds the site by its domain. */
function buildSceneInfo(wap_url: string, name: string): string {
  for (let bytes = Buffer.byteLength(name); bytes >= 0; bytes--) {
    const scene = JSON.stringify({ h5_info: { type: 'Wap', wap_url, wap_name: truncateToBytes(name, bytes) } });
    if (Buffer.byteLength(scene) <= MAX_SCENE_INFO_BYTES) return scene;
  }
  throw new Error('WECHAT_H5_WAP_URL is too long');
}
