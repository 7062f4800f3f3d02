type BreakXml = (xml: string) => string;

/** The true message with a document type before it. */
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

/** Messages that are not to be read at all, whatever they were before. */
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

/** What a huge message is filled with; no body of WeChat's is near it. */
export const TWO_MEGABYTES = 'x'.repeat(2_000_000);

/** return_code FAIL, bare. */
export const FAILED_RETURN = new Map([
  ['return_code', 'FAIL'],
  ['return_msg', '系统错误'],
]);
