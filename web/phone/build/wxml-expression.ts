import { parseSync } from 'vite';

/** A node of the syntax tree, as far as WXML expressions need it. */
interface Syntax {
  type: string;
  [field: string]: unknown;
}

/** Variables of `wx:for`. Every other name is a field of the page's data. */
export type Locals = ReadonlySet<string>;

/**
 * Compiles the expression inside `{{ }}` to JavaScript. WXML allows operators, members and lists, but no calls and no
 * assignments. These fail the build, as in WeChat's own tools. A member of undefined is undefined.
 */
export function compileExpression(source: string, locals: Locals): string {
  const { program, errors } = parseSync('expression.js', `(${source})`);
  if (errors.length > 0) throw new Error(`{{${source}}} is not an expression`);
  const [statement] = program.body;
  if (program.body.length !== 1 || statement?.type !== 'ExpressionStatement') {
    throw new Error(`{{${source}}} is not one expression`);
  }
  return new ExpressionWriter(source, locals).write(statement.expression);
}

/** Compiles a text or an attribute to JavaScript: `a {{b}} c` is a string, `{{b}}` alone has the type of b. */
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

  readonly write = (syntax: unknown): string => {
    const node = syntax as Syntax;
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
