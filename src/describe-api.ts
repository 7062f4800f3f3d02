import { createApp } from './create-app.js';
import { describeApi } from './operations/serve-docs.js';

/**
 * Prints the OpenAPI document, for example to generate a client. Needs no database server, settings or port: it creates the
 * service with an empty in-memory database and closes it.
 */
async function main(): Promise<void> {
  const app = await createApp({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'sqlite::memory:',
    WECHAT_MODE: 'simulator',
    RECONCILE_INTERVAL_SECONDS: '86400',
    SEED_DEMO_DATA: 'false',
    ADMIN_BOOTSTRAP_PASSWORD: 'never-used',
  });
  const description = describeApi(app);
  await app.close();
  process.stdout.write(`${JSON.stringify(description, null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
