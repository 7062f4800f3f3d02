import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/** For `npm run dev`: where Vite forwards API calls. */
const SERVICE_URL = process.env['DEV_SERVICE'] ?? 'http://127.0.0.1:3000';

/** One page bundle. It is built into `dist/web/{name}`, and src/pages/ serves it. */
export interface PageSettings {
  name: 'console' | 'phone';
  /** The folder of its index.html. */
  root: string;
  /** Base path of its assets, with a slash at the end. */
  base: string;
}

/** Vite configuration that all pages share. */
export function pageConfig({ name, root, base }: PageSettings): UserConfig {
  return {
    root,
    base,
    plugins: [react()],
    // The service replaces it with the nonce of each response. See src/pages/page-bundle.ts.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: join(import.meta.dirname, '../dist/web', name),
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0, // an inlined image would need `data:` in the Content Security Policy
      manifest: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 900, // kB before compression; the build checks the gzipped first load
    },
    server: { proxy: { '/admin/api': SERVICE_URL, '/api': SERVICE_URL } },
  };
}
