import fastifyStatic from '@fastify/static';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The folders of the built pages: next to the compiled service, and in dist/ when it runs from source, as in tests. */
const SEARCH_FOLDERS = ['../../web', '../../dist/web'].map((path) => join(import.meta.dirname, path));

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
  static find(name: PageName, folders: readonly string[] = SEARCH_FOLDERS): PageBundle | null {
    // web/phone contains an index.html as source; only a built page has assets.
    const folder = folders.map((parent) => join(parent, name)).find((each) => existsSync(join(each, 'assets')));
    if (folder === undefined) return null;
    return new PageBundle(join(folder, 'assets'), readFileSync(join(folder, 'index.html'), 'utf8'));
  }

  /** @param nonce allows the page's own style elements; used for one response only. */
  frame(nonce: string): string {
    return this.html.replaceAll(NONCE_PLACEHOLDER, nonce);
  }
}

/**
 * The content security policy of a page. Scripts must be our own files. Styles must be too, or carry the nonce of this
 * response, because antd creates style elements at run time. Images may come from any host; all other requests stay on this
 * origin.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https: http:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Sends a page's HTML. It names the assets of this build, so it must not be cached. */
export function sendPage(reply: FastifyReply, page: PageBundle): string {
  const nonce = randomBytes(16).toString('base64');
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache, no-store')
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('x-frame-options', 'DENY');
  return page.frame(nonce);
}

/** The URL prefix of each page: `base` in its Vite configuration. */
const BASE_PATHS: Record<PageName, string> = { console: '/admin/', phone: '/phone/' };

/**
 * Serves scripts, styles and images of the built pages. Their names contain a content hash, so browsers may cache them
 * forever. Each also exists compressed, because there may be no proxy that compresses.
 */
export async function serveAssets(app: NestFastifyApplication, names: readonly PageName[]): Promise<void> {
  for (const name of names) {
    const page = PageBundle.find(name);
    if (!page || !existsSync(page.assets)) continue;
    await app.register(fastifyStatic, {
      root: page.assets,
      prefix: `${BASE_PATHS[name]}assets/`,
      decorateReply: false,
      index: false,
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
    });
  }
}
