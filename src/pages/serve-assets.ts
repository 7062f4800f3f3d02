import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PageBundle, type PageName } from './page-bundle.js';

/** Where the assets of each page are asked for: what its Vite configuration calls `base`. */
const BASE_PATHS: Record<PageName, string> = { console: '/admin/', phone: '/phone/' };

/**
 * Scripts, styles and pictures of the built pages. Their names hold a hash of their content, so a browser may keep them for
 * good. Each lies there compressed as well, since nothing in front of us may do it.
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
