import { parseSync } from 'vite';

/** A node of the syntax tree, as far as expressions of WXML need it. */
interface Syntax {
  type: string;
  [field: string]: unknown;
}

/** Names that stand for themselves within `wx:for`; every other one is a field of the page's data. */
export type Locals = ReadonlySet<string>;

/**
 * JavaScript for the inside of `{{ }}`. WXML knows operators, members, lists and objects, but no calls and no assignments:
 * those stop the build, as they would in WeChat's own tools. A member of nothing is nothing.
 */
export function compileExpression(source: string, locals: Locals): string {
  const { program, errors } = parseSync('expression.js', `(${source})`);
  if (errors.length > 0) throw new Error(`{{${source}}} is no expression`);
  const [statement] = program.body;
  if (program.body.length !== 1 || statement?.type !== 'ExpressionStatement') {
    throw new Error(`{{${source}}} is not one expression`);
  }
  return new ExpressionWriter(source, locals).write(statement.expression);
}

/** JavaScript for a text or an attribute: `a {{b}} c` is a text, `{{b}}` alone is whatever b is. */
export function compileText(text: string, locals: Locals): string {
  const parts = text.split(/\{\{([^]*?)\}\}/);
  if (parts.length === 1) return JSON.stringify(text);
  if (parts.length === 3 && parts[0] === '' && parts[2] === '') return compileExpression(parts[1] ?? '', locals);
  const pieces = parts.map((part, index) =>
    index % 2 === 0 ? JSON.stringify(part) : `text(${compileExpression(part, locals)})`,
  );
  return pieces.filter((piece) => piece !== '""').join(' + ');
}

class ExpressionWriter {
  constructor(
    private readonly source: string,
    private readonly locals: Locals,
  ) {}

  readonly write = (given: unknown): string => {
    const node = given as Syntax;
    switch (node.type) {
      case 'ParenthesizedExpression':
        return this.write(node['expression']);
      case 'Literal':
        return JSON.stringify(node['value']);
      case 'Identifier':
        return this.name(String(node['name']));
      case 'UnaryExpression':
        return `(${this.operator(node, ['!', '-', '+'])}${this.write(node['argument'])})`;
      case 'BinaryExpression':
      case 'LogicalExpression':
        return `(${this.write(node['left'])} ${String(node['operator'])} ${this.write(node['right'])})`;
      case 'ConditionalExpression':
        return `(${this.write(node['test'])} ? ${this.write(node['consequent'])} : ${this.write(node['alternate'])})`;
      case 'MemberExpression':
        return this.member(node);
      case 'ArrayExpression':
        return `[${(node['elements'] as unknown[]).map(this.write).join(', ')}]`;
      default:
        throw new Error(`{{${this.source}}}: WXML has no ${node.type}`);
    }
  };

  private name(name: string): string {
    if (name === 'undefined' || this.locals.has(name)) return name;
    return `data[${JSON.stringify(name)}]`;
  }

  private member(node: Syntax): string {
    const property = node['property'] as Syntax;
    const key = node['computed'] === true ? this.write(property) : JSON.stringify(property['name']);
    return `${this.write(node['object'])}?.[${key}]`;
  }

  private operator(node: Syntax, known: readonly string[]): string {
    const operator = String(node['operator']);
    if (!known.includes(operator)) throw new Error(`{{${this.source}}}: WXML has no ${operator}`);
    return operator;
  }
}
