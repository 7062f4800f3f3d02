import { createApp } from './create-app.js';
import { describeApi } from './operations/serve-docs.js';

/**
 * Writes the OpenAPI description to standard output, for whoever generates a client from it. Needs no database server, no
 * settings and no port: the service is wired on an empty database in memory, and goes again.
 */
async function main(): Promise<void> {
  const app = await createApp({
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: 'sqlite::memory:', WECHAT_MODE: 'simulator' },
    ...{ RECONCILE_INTERVAL_SECONDS: '86400', SEED_DEMO_DATA: 'false', ADMIN_BOOTSTRAP_PASSWORD: 'never-used' },
  });
  const description = describeApi(app);
  await app.close();
  process.stdout.write(`${JSON.stringify(description, null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
