import { truncateToBytes } from '../../messages/truncate-to-bytes.js';

/** Characters with four bytes in UTF-8, such as emoji. API v3 refuses them. Source: docs/wechat-protocol.md, v3 §2.1. */
const FOUR_BYTE_CHARACTERS = /[\u{10000}-\u{10ffff}]/gu;

/** The longest beginning that fits, as one trimmed line without characters that API v3 refuses. It may be empty. */
export function limitText(text: string, maxBytes: number): string {
  return truncateToBytes(text.replaceAll(FOUR_BYTE_CHARACTERS, ''), maxBytes);
}
