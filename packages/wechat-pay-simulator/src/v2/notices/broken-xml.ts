type BreakXml = (xml: string) => string;

/** Adds a document type before the message. */
const withDoctype =
  (doctype: string, rewrite: BreakXml = (xml) => xml): BreakXml =>
  (xml) =>
    doctype + rewrite(xml);

const withElement =
  (element: string): BreakXml =>
  (xml) =>
    xml.replace('</xml>', `${element}</xml>`);

const ENTITY_BOMB = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  .map((name, n) => `<!ENTITY ${name} "${`&${'abcdefgh'.charAt(n)};`.repeat(10)}">`)
  .join('');

/** Messages that a parser must reject. */
export const BROKEN_XML = {
  doctype: withDoctype('<!DOCTYPE xml>\n'),
  'external-entity': withDoctype(
    '<!DOCTYPE xml [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n',
    withElement('<attach2>&secret;</attach2>'),
  ),
  'entity-bomb': withDoctype(
    `<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">${ENTITY_BOMB}]>\n`,
    withElement('<attach2>&i;</attach2>'),
  ),
  truncated: (xml) => xml.slice(0, xml.length / 2),
  empty: () => '',
  garbage: () => '\u0000\u0001<<<xml&;>return_code SUCCESS',
  json: () => '{"return_code":"SUCCESS","result_code":"SUCCESS"}',
} satisfies Record<string, BreakXml>;

/** Content of an oversized message; real messages are far smaller. */
export const TWO_MEGABYTES = 'x'.repeat(2_000_000);

/** return_code FAIL, without further elements. */
export const FAILED_RETURN = new Map([
  ['return_code', 'FAIL'],
  ['return_msg', '系统错误'],
]);
