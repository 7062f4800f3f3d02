import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PageBundle, type PageName } from './page-bundle.js';

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
      ...{ root: page.assets, prefix: `${BASE_PATHS[name]}assets/`, decorateReply: false, index: false },
      ...{ preCompressed: true, immutable: true, maxAge: '365d' },
    });
  }
}
