import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the built pages are: beside the compiled service, and in dist/ when it runs from its source, as in tests. */
const SEARCH_FOLDERS = ['../../web', '../../dist/web'].map((place) => join(import.meta.dirname, place));

/** What Vite writes wherever the one nonce of an answer belongs: see web/vite.shared.ts. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** The pages that are built from web/. */
export type PageName = 'console' | 'phone';

/** One built page: its frame, read once, and the folder of what the frame asks for. */
export class PageBundle {
  private constructor(
    readonly assets: string,
    private readonly html: string,
  ) {}

  /** Null when it has not been built: the service works without any page. */
  static find(name: PageName, places: readonly string[] = SEARCH_FOLDERS): PageBundle | null {
    // web/phone has an index.html too, its source; what is built has assets.
    const folder = places.map((place) => join(place, name)).find((each) => existsSync(join(each, 'assets')));
    if (folder === undefined) return null;
    return new PageBundle(join(folder, 'assets'), readFileSync(join(folder, 'index.html'), 'utf8'));
  }

  /** @param nonce lets the page's own style elements in, and is good for this one answer. */
  frame(nonce: string): string {
    return this.html.replaceAll(NONCE_PLACEHOLDER, nonce);
  }
}
