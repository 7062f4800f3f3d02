import { SeededRandom } from '../../random.js';
import { Fields } from './fields.js';

/** The format of a message. It does not change the content. */
export interface XmlShape {
  /** `text`: values of at most nine digits are not in CDATA, as in most recorded messages of WeChat. */
  cdata: 'all' | 'text' | 'none';
  isOneLine: boolean;
  isAlphabetical: boolean;
}

/** The format of WeChat's own examples. */
export const PLAIN_SHAPE: XmlShape = { cdata: 'text', isOneLine: false, isAlphabetical: false };

const CDATA_STYLES = ['all', 'text', 'text', 'none'] as const;

/** One of the formats that WeChat was observed to use; a client must not depend on any of them. */
export function randomShape(random: SeededRandom): XmlShape {
  return {
    cdata: CDATA_STYLES[random.integerBelow(CDATA_STYLES.length)] ?? 'all',
    isOneLine: random.oneIn(2),
    isAlphabetical: random.oneIn(2),
  };
}

/** Writes one flat document. Only the inner document of a refund notice has another root than `<xml>`. */
export function writeXml(fields: Fields, shape: XmlShape = PLAIN_SHAPE, root: 'xml' | 'root' = 'xml'): string {
  const entries = [...fields];
  if (shape.isAlphabetical) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(([name, value]) => `<${name}>${writeValue(value, shape.cdata)}</${name}>`);
  return [`<${root}>`, ...lines, `</${root}>`].join(shape.isOneLine ? '' : '\n');
}

function writeValue(value: string, cdata: XmlShape['cdata']): string {
  const isBare = cdata === 'none' || (cdata === 'text' && /^\d+$/.test(value) && value.length < 10);
  if (isBare) return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
