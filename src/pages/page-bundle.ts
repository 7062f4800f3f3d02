import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the built pages: next to the compiled service, and in dist/ when it runs from source, as in tests. */
const SEARCH_FOLDERS = ['../../web', '../../dist/web'].map((place) => join(import.meta.dirname, place));

/** Vite writes this where the nonce of the response belongs: see web/vite.shared.ts. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** The pages that are built from web/. */
export type PageName = 'console' | 'phone';

/** One built page: its HTML, read once, and the folder of its assets. */
export class PageBundle {
  private constructor(
    readonly assets: string,
    private readonly html: string,
  ) {}

  /** Null when the page is not built: the service works without pages. */
  static find(name: PageName, places: readonly string[] = SEARCH_FOLDERS): PageBundle | null {
    // web/phone contains an index.html as source; only a built page has assets.
    const folder = places.map((place) => join(place, name)).find((each) => existsSync(join(each, 'assets')));
    if (folder === undefined) return null;
    return new PageBundle(join(folder, 'assets'), readFileSync(join(folder, 'index.html'), 'utf8'));
  }

  /** @param nonce allows the page's own style elements; used for one response only. */
  frame(nonce: string): string {
    return this.html.replaceAll(NONCE_PLACEHOLDER, nonce);
  }
}
