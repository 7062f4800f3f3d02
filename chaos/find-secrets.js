// @ts-check
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * Looks for secrets where none may be: in logs and in answers that were kept. Files of any size, in bounded memory, and at
 * a cost that hardly depends on how many secrets there are. What is compressed or encrypted is not looked into.
 *
 * @typedef {{ file: string, name: string }} Finding `file` is relative to the folder; `name` says what was found in which form
 * @typedef {{ name: string, bytes: Buffer }} Needle
 */

/** Characters that a secret has at least: anything shorter would be found everywhere, and means a mistake of the caller's. */
const MIN_SECRET_LENGTH = 8;

/** What gives itself away by its look, whoever's it is. Each is decided within `LOOK_BYTES`. */
const SECRET_PATTERNS = [
  { name: 'a private key', look: /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/ },
  { name: 'certificate text', look: /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/ },
  { name: 'a session_key', look: /session_key[\\"'\s]{0,8}[:=][\\"'\s]{0,8}[\w+/%-]{16}/i },
  { name: 'a Bearer token', look: /bearer(?:\s|%20|\+){1,3}[\w.~+/-]{16}/i },
  { name: 'a key of the server API', look: /wxk_(?:live|test)_[0-9A-Z]{16}_[\w-]{16}/ },
  { name: 'an argon2 hash', look: /(?:\$|%24)argon2(?:id|i|d)(?:\$|%24)/i },
  { name: 'an API key’s setting', look: /WECHAT_API_KEY=[^\s"'\\]/ },
];
const MAX_PATTERN_BYTES = 128;

/**
 * @param {string} folder searched with all that is below it; links are not followed
 * @param {Record<string, string>} secrets what must not be found, by a name that may be shown
 * @returns {Promise<Finding[]>} each name once for each file, and never the secret itself
 * @throws {Error} when a secret is too short to be looked for, or a file cannot be read
 */
export async function findSecrets(folder, secrets) {
  const search = new SecretSearch(Object.entries(secrets).flatMap(([name, secret]) => searchFormsOf(name, secret)));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  /** @type {Finding[]} */
  const findings = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    for (const name of await search.findInFile(path)) findings.push({ file: relative(folder, path), name });
  }
  return findings;
}

/**
 * Every form in which a secret may have been written down.
 * @param {string} name
 * @param {string} secret
 * @returns {Needle[]}
 */
function searchFormsOf(name, secret) {
  if (secret.length < MIN_SECRET_LENGTH) throw new Error(`${name} is too short to be looked for.`);
  const escaped = jsonEscaped(secret);
  const bytes = Buffer.from(secret);
  /** @type {[form: string, text: string][]} */
  const forms = [
    ['', secret],
    [' (a line of it)', longestLine(secret)],
    [' (JSON)', escaped],
    [' (JSON)', asciiOnly(escaped)],
    [' (JSON in JSON)', jsonEscaped(escaped)],
    [' (hex)', bytes.toString('hex')],
    [' (hex)', bytes.toString('hex').toUpperCase()],
    [' (URL)', encodeURIComponent(secret)],
    [' (URL)', new URLSearchParams({ '': secret }).toString().slice(1)],
    ...[0, 1, 2].flatMap((/** @type {number} */ shift) => base64At(bytes, shift)),
  ];
  /** @type {Map<string, Needle>} */
  const needles = new Map(); // the first name of equal texts is the plainest
  for (const [form, text] of forms) {
    if (!needles.has(text)) needles.set(text, { name: `${name}${form}`, bytes: Buffer.from(text) });
  }
  return [...needles.values()];
}

/** @param {string} text */
const jsonEscaped = (text) => JSON.stringify(text).slice(1, -1);

/** @param {string} text */
const asciiOnly = (text) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Whoever cuts a certificate into lines has published it all the same.
 * @param {string} text
 */
function longestLine(text) {
  const [longest = text] = text.split(/\r?\n/).toSorted((a, b) => b.length - a.length);
  return longest.length < MIN_SECRET_LENGTH ? text : longest;
}

/**
 * In the middle of something longer, the same bytes have one of three looks; the characters at either edge depend on the
 * neighbours and are left out.
 * @param {Buffer} bytes
 * @param {number} shift
 * @returns {[form: string, text: string][]}
 */
function base64At(bytes, shift) {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const isWhole = (bytes.length + shift) % 3 === 0;
  const sure = text.slice(Math.ceil((shift * 8) / 6), isWhole ? undefined : -1);
  const forURLs = sure.replaceAll('+', '-').replaceAll('/', '_');
  return [sure, forURLs, encodeURIComponent(sure)].map((each) => [' (base64)', each]);
}

/** Bytes by which needles are told apart at a first glance. */
const PREFIX_BYTES = 4;

/** Many needles at once: one look at each place of a file, whatever their number. */
class SecretSearch {
  /** @type {Map<number, Needle[]>} by their first four bytes */
  #needles = new Map();
  /** Whether any needle begins with four bytes of this sum: most places are done with after this look. */
  #mayBegin = new Uint8Array(1 << 16);
  #overlap = MAX_PATTERN_BYTES;

  /** @param {Needle[]} needles */
  constructor(needles) {
    for (const needle of needles) {
      const glance = needle.bytes.readUInt32LE(0);
      this.#needles.set(glance, [...(this.#needles.get(glance) ?? []), needle]);
      this.#mayBegin[hashOf(glance)] = 1;
      this.#overlap = Math.max(this.#overlap, needle.bytes.length);
    }
  }

  /**
   * @param {string} path
   * @returns {Promise<Set<string>>} the names of what was found
   */
  async findInFile(path) {
    /** @type {Set<string>} */
    const found = new Set();
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const window = Buffer.concat([rest, /** @type {Buffer} */ (chunk)]);
      this.#byBytes(window, found);
      findPatterns(window, found);
      rest = window.subarray(-this.#overlap);
    }
    return found;
  }

  /**
   * @param {Buffer} window
   * @param {Set<string>} found
   */
  #byBytes(window, found) {
    let glance = 0;
    for (let at = 0; at < window.length; at++) {
      glance = ((glance >>> 8) | ((window[at] ?? 0) << 24)) >>> 0;
      const start = at - PREFIX_BYTES + 1;
      if (start < 0 || this.#mayBegin[hashOf(glance)] === 0) continue;
      for (const { name, bytes } of this.#needles.get(glance) ?? []) {
        if (!found.has(name) && window.subarray(start, start + bytes.length).equals(bytes)) found.add(name);
      }
    }
  }
}

/** @param {number} glance */
const hashOf = (glance) => ((glance ^ (glance >>> 16)) * 0x9e37) & 0xffff;

/**
 * @param {Buffer} window
 * @param {Set<string>} found
 */
function findPatterns(window, found) {
  const text = window.toString('latin1'); // a character for each byte, whatever it was meant to be
  for (const { name, look } of SECRET_PATTERNS) if (!found.has(name) && look.test(text)) found.add(name);
}
