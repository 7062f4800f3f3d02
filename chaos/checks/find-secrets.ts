import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * Searches logs and responses for secrets. Handles files of any size in bounded memory, and its cost hardly depends on
 * the number of secrets. It does not search compressed or encrypted content.
 */
/** `file` is relative to the folder; `name` is the secret and the form in which it was found */
export type Finding = { file: string; name: string };
type Needle = { name: string; bytes: Buffer };

/** The minimum length of a secret. A shorter one would be found everywhere and is an error of the caller. */
const MIN_SECRET_LENGTH = 8;

/** Patterns of secrets of any owner. Each matches within `MAX_PATTERN_BYTES`. */
const SECRET_PATTERNS = [
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/ },
  { name: 'certificate text', pattern: /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/ },
  { name: 'a session_key', pattern: /session_key[\\"'\s]{0,8}[:=][\\"'\s]{0,8}[\w+/%-]{16}/i },
  { name: 'a Bearer token', pattern: /bearer(?:\s|%20|\+){1,3}[\w.~+/-]{16}/i },
  { name: 'a key of the server API', pattern: /wxk_(?:live|test)_[0-9A-Z]{16}_[\w-]{16}/ },
  { name: 'an argon2 hash', pattern: /(?:\$|%24)argon2(?:id|i|d)(?:\$|%24)/i },
  { name: 'an API key’s setting', pattern: /WECHAT_API_(?:V3_)?KEY=[^\s"'\\]/ },
];
const MAX_PATTERN_BYTES = 128;

/**
 * @param folder searched recursively; links are not followed
 * @param secrets the secrets by a name that may be printed
 * @returns each name once per file, never the secret itself
 * @throws Error if a secret is too short, or a file cannot be read
 */
export async function findSecrets(folder: string, secrets: Record<string, string>): Promise<Finding[]> {
  const search = new SecretSearch(Object.entries(secrets).flatMap(([name, secret]) => searchFormsOf(name, secret)));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });

  const findings: Finding[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    for (const name of await search.findInFile(path)) findings.push({ file: relative(folder, path), name });
  }
  return findings;
}

/** All forms in which a secret may be written. */
function searchFormsOf(name: string, secret: string): Needle[] {
  if (secret.length < MIN_SECRET_LENGTH) throw new Error(`${name} is too short to be searched for.`);
  const escaped = jsonEscaped(secret);
  const bytes = Buffer.from(secret);

  const forms: [form: string, text: string][] = [
    ['', secret],
    [' (a line of it)', longestLine(secret)],
    [' (JSON)', escaped],
    [' (JSON)', asciiOnly(escaped)],
    [' (JSON in JSON)', jsonEscaped(escaped)],
    [' (hex)', bytes.toString('hex')],
    [' (hex)', bytes.toString('hex').toUpperCase()],
    [' (URL)', encodeURIComponent(secret)],
    [' (URL)', new URLSearchParams({ '': secret }).toString().slice(1)],
    ...[0, 1, 2].flatMap((shift: number) => base64At(bytes, shift)),
  ];

  const needles = new Map<string, Needle>(); // for equal texts the first, simplest name is used
  for (const [form, text] of forms) {
    if (!needles.has(text)) needles.set(text, { name: `${name}${form}`, bytes: Buffer.from(text) });
  }
  return [...needles.values()];
}

const jsonEscaped = (text: string) => JSON.stringify(text).slice(1, -1);

const asciiOnly = (text: string) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The longest line, to find a certificate that was split into lines. */
function longestLine(text: string) {
  const [longest = text] = text.split(/\r?\n/).toSorted((a, b) => b.length - a.length);
  return longest.length < MIN_SECRET_LENGTH ? text : longest;
}

/**
 * Inside a longer base64 text the same bytes have one of three encodings. The characters at the edges depend on the
 * neighbouring bytes and are omitted.
 */
function base64At(bytes: Buffer, shift: number): [form: string, text: string][] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const isWhole = (bytes.length + shift) % 3 === 0;
  const sure = text.slice(Math.ceil((shift * 8) / 6), isWhole ? undefined : -1);
  const forURLs = sure.replaceAll('+', '-').replaceAll('/', '_');
  return [sure, forURLs, encodeURIComponent(sure)].map((each) => [' (base64)', each]);
}

/** Length of the prefix by which needles are preselected. */
const PREFIX_BYTES = 4;

/** Searches many needles at once with one step per position of a file. */
class SecretSearch {
  /** by their first four bytes */
  #needles = new Map<number, Needle[]>();
  /** Whether a needle begins with four bytes of this hash, which excludes most positions quickly. */
  #mayBegin = new Uint8Array(1 << 16);
  #overlap = MAX_PATTERN_BYTES;

  constructor(needles: Needle[]) {
    for (const needle of needles) {
      const prefix = needle.bytes.readUInt32LE(0);
      this.#needles.set(prefix, [...(this.#needles.get(prefix) ?? []), needle]);
      this.#mayBegin[hashOf(prefix)] = 1;
      this.#overlap = Math.max(this.#overlap, needle.bytes.length);
    }
  }

  /** @returns the names of the found secrets */
  async findInFile(path: string): Promise<Set<string>> {
    const found = new Set<string>();
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const window = Buffer.concat([rest, chunk as Buffer]);
      this.#findNeedles(window, found);
      findPatterns(window, found);
      rest = window.subarray(-this.#overlap);
    }
    return found;
  }

  #findNeedles(window: Buffer, found: Set<string>) {
    let prefix = 0;
    for (let at = 0; at < window.length; at++) {
      prefix = ((prefix >>> 8) | ((window[at] ?? 0) << 24)) >>> 0;
      const start = at - PREFIX_BYTES + 1;
      if (start < 0 || this.#mayBegin[hashOf(prefix)] === 0) continue;
      for (const { name, bytes } of this.#needles.get(prefix) ?? []) {
        if (!found.has(name) && window.subarray(start, start + bytes.length).equals(bytes)) found.add(name);
      }
    }
  }
}

const hashOf = (prefix: number) => ((prefix ^ (prefix >>> 16)) * 0x9e37) & 0xffff;

function findPatterns(window: Buffer, found: Set<string>) {
  const text = window.toString('latin1'); // one character per byte, regardless of the encoding
  for (const { name, pattern } of SECRET_PATTERNS) if (!found.has(name) && pattern.test(text)) found.add(name);
}
