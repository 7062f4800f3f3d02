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

/** Starts the service, and in simulator mode WeChat's double beside it, whose clock it then shares. */
async function main(): Promise<void> {
  process.umask(PRIVATE_UMASK);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const given = readSettings(process.env);
  await loadMerchantCertificate(given); // a bad one is told in two lines here, and in a stack trace once Nest finds it
  loadTemplates(given); // likewise
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
  // Before the first answer: who sees that the service is ready may go and read it.
  const note = simulator && admin ? await writeDemoCredentials(settings, admin) : null;
  await app.listen(settings.PORT, settings.HOST);
  const url = await app.getUrl();
  if (settings.NODE_ENV === 'production') {
    new Logger('Start').log(`Ready at ${url}${admin ? `, with the new administrator ${admin.username}` : ''}`);
    return;
  }
  process.stdout.write(startupMessage(settings, { url, simulator, admin, credentialsFile: note }));
}

/** Loaded only when it is wanted: a live shop carries none of it. */
async function startLocalSimulator(settings: Settings): Promise<RunningSimulator> {
  const { startSimulator } = await import('./simulator/start-simulator.js');
  return startSimulator({
    port: settings.SIMULATOR_PORT,
    quiet: true,
    // The shop is held to what the documents ask for, whatever else the real WeChat accepts.
    behaviours: { replyRule: 'strict', jsapiArguments: 'mini-program' },
    // The database outlives the simulator: with the same seed it would hand out the same transaction numbers again.
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
