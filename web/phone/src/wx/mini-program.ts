import { app as appConfig, modules, pages } from 'virtual:mini-program';
import { type PageDefinition, PageInstance } from './page-instance.ts';
import type { PhoneHost } from './phone-host.ts';
import { createWx } from './wx-api.ts';

/** The running mini-program of examples/miniprogram: its modules, its app and its page stack. */
export class MiniProgram {
  isAlive = true;
  /** The last page is visible. */
  stack: PageInstance[] = [];
  private readonly loaded = new Map<string, { exports: unknown }>();
  private readonly definitions = new Map<string, PageDefinition>();
  private readonly wx: object;
  private app: object | undefined;
  /** Route of the file that is being loaded and calls `Page()`. */
  private route = '';

  constructor(private readonly host: PhoneHost) {
    this.wx = createWx(this, host);
  }

  /** Starts the app and opens its first page. */
  launch(): void {
    this.load('app.js');
    (this.app as { onLaunch?: () => void } | undefined)?.onLaunch?.();
    this.switchTab(`/${appConfig.pages[0] ?? ''}`);
  }

  /** Ends the mini-program. From then on it receives no callbacks. */
  end(): void {
    this.isAlive = false;
    this.stack = [];
  }

  get top(): PageInstance | undefined {
    return this.stack.at(-1);
  }

  open(url: string): void {
    this.top?.runHook('onHide');
    this.push(url);
  }

  replace(url: string): void {
    this.stack.pop()?.runHook('onUnload');
    this.push(url);
  }

  back(delta = 1): void {
    for (let gone = 0; gone < delta && this.stack.length > 1; gone += 1) this.stack.pop()?.runHook('onUnload');
    this.top?.runHook('onShow');
    this.host.onChange();
  }

  switchTab(url: string): void {
    for (const page of this.stack.toReversed()) page.runHook('onUnload');
    this.stack = [];
    this.push(url);
  }

  private push(url: string): void {
    const { pathname, searchParams } = new URL(url, 'https://mini.program');
    const route = pathname.slice(1);
    if (!(route in pages)) throw new Error(`app.json has no page ${route}`);
    const onChange = (): void => {
      if (this.isAlive) this.host.onChange();
    };
    const options = Object.fromEntries(searchParams);
    const page = new PageInstance(route, this.definitionOf(route), options, onChange, this.host);
    this.stack.push(page);
    page.runHook('onLoad');
    page.runHook('onShow');
    page.runHook('onReady');
    this.host.onChange();
  }

  private definitionOf(route: string): PageDefinition {
    this.route = route;
    this.load(`${route}.js`);
    return this.definitions.get(route) ?? {};
  }

  /** Runs a file once and returns its exports. */
  private load(file: string): unknown {
    const known = this.loaded.get(file);
    if (known) return known.exports;
    const script = modules[file];
    if (!script) throw new Error(`The mini-program has no file ${file}`);
    const module = { exports: {} as unknown };
    this.loaded.set(file, module);
    script(
      this.wx,
      (definition) => (this.app = definition),
      (definition) => this.definitions.set(this.route, definition as PageDefinition),
      () => this.app,
      (path) => this.load(resolved(file, path)),
      module,
    );
    return module.exports;
  }
}

/** Resolves `../../utils/x.js` from `pages/shop/shop.js`. The extension is optional. */
function resolved(from: string, path: string): string {
  const { pathname } = new URL(path, `https://mini.program/${from}`);
  const file = pathname.slice(1);
  return file.endsWith('.js') ? file : `${file}.js`;
}
