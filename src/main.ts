import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { Clock } from './common/clock.js';
import { liveWarnings } from './config/live-warnings.js';
import { readSettings } from './config/read-settings.js';
import { Settings } from './config/settings.js';
import { simulatedEnvironment } from './config/simulated-environment.js';
import { createApp } from './create-app.js';
import type { RunningSimulator } from './simulator/start-simulator.js';
import { PRIVATE_UMASK } from './database/private-files.js';
import { AdminBootstrapService, writeDemoCredentials } from './admin/admin-bootstrap.service.js';
import { stopOnSignals } from './stop-on-signals.js';
import { loadTemplates } from './message/load-templates.js';
import { loadMerchantCertificate } from './wechat/load-merchant-certificate.js';
import { MerchantCertificate } from './wechat/merchant-certificate.js';
import { startupMessage } from './startup-message.js';

/** Starts the service. In simulator mode it also starts the simulator and uses its clock. */
async function main(): Promise<void> {
  process.umask(PRIVATE_UMASK);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const given = readSettings(process.env);
  await loadMerchantCertificate(given); // an invalid one gives a two-line error here, but a stack trace inside Nest
  loadTemplates(given); // same reason
  const simulator = given.WECHAT_MODE === 'simulator' ? await startLocalSimulator(given) : null;
  const app = await createApp(simulator ? simulatedEnvironment(process.env, simulator) : process.env);
  const settings = app.get(Settings);
  if (simulator) {
    app.get(Clock).follow(simulator.clock);
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onClose', () => simulator.stop());
  }
  const log = new Logger('Settings');
  const warnings = [...liveWarnings(settings), ...app.get(MerchantCertificate).warnings(settings)];
  for (const warning of warnings) log.warn(warning);
  stopOnSignals(app);
  const admin = app.get(AdminBootstrapService).createdAdmin;
  // Before the service is ready, because the demo may read the file immediately afterwards.
  const credentialsFile = simulator && admin ? await writeDemoCredentials(settings, admin) : null;
  await app.listen(settings.PORT, settings.HOST);
  const url = await app.getUrl();
  if (settings.NODE_ENV === 'production') {
    new Logger('Start').log(`Ready at ${url}${admin ? `, with the new administrator ${admin.username}` : ''}`);
    return;
  }
  process.stdout.write(startupMessage(settings, { url, simulator, admin, credentialsFile }));
}

/** Imports the simulator only in simulator mode, so that a live shop does not load it. */
async function startLocalSimulator(settings: Settings): Promise<RunningSimulator> {
  const { startSimulator } = await import('./simulator/start-simulator.js');
  return startSimulator({
    port: settings.SIMULATOR_PORT,
    quiet: true,
    // Strict: the service must follow WeChat's documents even where the real WeChat accepts more.
    behaviours: { replyRule: 'strict', jsapiArguments: 'mini-program' },
    // A random seed, because the database outlives the simulator and transaction numbers must not repeat.
    seed: randomInt(2 ** 31),
    merchant: {
      appid: settings.WECHAT_APP_ID,
      secret: settings.WECHAT_APP_SECRET,
      mch_id: settings.WECHAT_MCH_ID,
      key: settings.WECHAT_API_KEY,
      mobile_appid: settings.WECHAT_MOBILE_APP_ID,
      mobile_secret: settings.WECHAT_MOBILE_APP_SECRET,
      partner: settings.WECHAT_V1_PARTNER_ID,
      ...(settings.WECHAT_V1_PARTNER_KEY !== undefined && { partner_key: settings.WECHAT_V1_PARTNER_KEY }),
      ...(settings.WECHAT_V1_PAY_SIGN_KEY !== undefined && { pay_sign_key: settings.WECHAT_V1_PAY_SIGN_KEY }),
    },
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
