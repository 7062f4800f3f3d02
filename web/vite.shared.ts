import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/** Of `npm run dev`: where `vite` sends what is not its own. */
const SERVICE_URL = process.env['DEV_SERVICE'] ?? 'http://127.0.0.1:3000';

/** One page of ours. It becomes `dist/web/{name}`, and src/pages/ serves it. */
export interface PageSettings {
  name: 'console' | 'phone';
  /** The folder of its index.html. */
  root: string;
  /** Where the service shows its assets, with a slash at the end. */
  base: string;
}

/** What the builds of all pages share. */
export function pageConfig({ name, root, base }: PageSettings): UserConfig {
  return {
    root,
    base,
    plugins: [react()],
    // The service puts the nonce of each answer there: see src/pages/page-bundle.ts.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: join(import.meta.dirname, '../dist/web', name),
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0, // a picture inside a style sheet would need `data:` in more of the policy
      manifest: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 900, // kB before compression; the build measures what matters
    },
    server: { proxy: { '/admin/api': SERVICE_URL, '/api': SERVICE_URL } },
  };
}
