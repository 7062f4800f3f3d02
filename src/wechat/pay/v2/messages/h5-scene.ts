import { truncateToBytes } from '../../messages/truncate-to-bytes.js';
import type { H5Site } from '../../messages/h5-site.js';

/** `scene_info` allows 256. WeChat does not say whether characters or bytes, so bytes are counted. */
const MAX_SCENE_INFO_BYTES = 256;

/**
 * The website of a payment in a mobile browser. Shortens the name when the address is long, because WeChat finds the site by
 * its domain. Source: docs/wechat-protocol.md, v2 §2. @throws Error when the address alone is too long.
 */
export function buildSceneInfo({ url: wap_url, name }: H5Site): string {
  for (let bytes = Buffer.byteLength(name); bytes >= 0; bytes--) {
    const scene = JSON.stringify({ h5_info: { type: 'Wap', wap_url, wap_name: truncateToBytes(name, bytes) } });
    if (Buffer.byteLength(scene) <= MAX_SCENE_INFO_BYTES) return scene;
  }
  throw new Error('WECHAT_H5_WAP_URL is too long');
}
