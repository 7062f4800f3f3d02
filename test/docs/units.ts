import ts from 'typescript';

/** The units that names end in, each with the words that comments use for it. */
const UNITS = [
  { suffix: /(Ms|_MS)$/, words: ['ms', 'millisecond', 'milliseconds'] },
  { suffix: /(Seconds|_SECONDS)$/, words: ['s', 'second', 'seconds'] },
  { suffix: /(Minutes|_MINUTES)$/, words: ['minute', 'minutes'] },
  { suffix: /(Hours|_HOURS)$/, words: ['hour', 'hours'] },
  { suffix: /(Days|_DAYS)$/, words: ['day', 'days'] },
  { suffix: /(Fen|_FEN)$/, words: ['fen'] },
  { suffix: /(Yuan|_YUAN)$/, words: ['yuan'] },
  { suffix: /(Bytes|_BYTES)$/, words: ['byte', 'bytes'] },
];

const WORDS = UNITS.flatMap(({ words }) => words);
/**
 * A comment states its unit with its first word, or with `in` before the unit. A number before a unit is only an
 * example.
 */
const STATEMENTS = [
  new RegExp(`^(?:(?:Whole|Real|Virtual) )?(${WORDS.join('|')})\\b(?! of )`, 'i'),
  new RegExp(`\\bin (${WORDS.filter((word) => word.length > 1).join('|')})\\b(?! (?:which|that))`, 'i'),
];

/** The names in a source text whose comment states another unit than the name, each with its line. */
export function contradictingUnits(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const check = (declared: string, comment: string, position: number): void => {
    const unit = UNITS.find(({ suffix }) => suffix.test(declared));
    const stated = STATEMENTS.map((pattern) => pattern.exec(comment)?.[1]?.toLowerCase()).find(
      (word) => word !== undefined && unit?.words.includes(word) === false,
    );
    if (stated === undefined) return;
    const line = source.getLineAndCharacterOfPosition(position).line + 1;
    found.push(`${name}:${String(line)}: ${declared} is described in ${stated}`);
  };
  const visit = (node: ts.Node): void => {
    const declared = declaredName(node);
    if (declared !== undefined)
      for (const comment of commentsOf(commentOwner(node), text)) check(declared, comment, node.getStart(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const match of text.matchAll(/@param (?:\{.*\} )?\[?(?:\w+\.)*(\w+)\]? (.*)/g))
    if (match[1] !== undefined && match[2] !== undefined) check(match[1], match[2], match.index);
  return found;
}

function declaredName(node: ts.Node): string | undefined {
  const isDeclaration =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isGetAccessor(node);
  return isDeclaration && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

/** The comment of a variable stands before its statement. */
function commentOwner(node: ts.Node): ts.Node {
  return ts.isVariableDeclaration(node) && ts.isVariableStatement(node.parent.parent) ? node.parent.parent : node;
}

/**
 * The text of the last comment before a declaration and of the one behind it on the same line, without comment marks.
 */
function commentsOf(node: ts.Node, text: string): string[] {
  const before = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const end = /[,;]/.test(text.charAt(node.end)) ? node.end + 1 : node.end;
  const behind = ts.getTrailingCommentRanges(text, end) ?? [];
  return [...before.slice(-1), ...behind].map((range) =>
    text
      .slice(range.pos, range.end)
      .replaceAll(/^\/\*\*?|\*\/$|^\s*\* ?|^\/\/ ?/gm, '')
      .replaceAll(/\s+/g, ' ')
      .replace(/ ?@(param|returns|throws) .*/, '')
      .trim(),
  );
}
