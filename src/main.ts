import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { RunningSimulator, SimulatorKeys } from 'wechat-pay-simulator';
import { Clock } from './common/time/clock.js';
import { liveWarnings } from './config/live-warnings.js';
import { readSettings } from './config/read-settings.js';
import { Settings } from './config/settings.js';
import { simulatedEnvironment, simulatorMerchant } from './config/simulated/simulated-environment.js';
import { createApp } from './create-app.js';
import { PRIVATE_UMASK } from './database/sqlite/private-files.js';
import { AdminBootstrapService, writeDemoCredentials } from './admin/accounts/admin-bootstrap.service.js';
import { stopOnSignals } from './stop-on-signals.js';
import { loadTemplates } from './notification/read-templates.js';
import { loadMerchantCertificate } from './wechat/pay/certificate/load-merchant-certificate.js';
import { MerchantCertificate } from './wechat/pay/certificate/merchant-certificate.js';
import { readWechatPublicKey } from './wechat/pay/v3/v3-account.js';
import { startupMessage } from './startup-message.js';

/** Starts the service. In simulator mode it also starts the simulator and uses its clock. */
async function main(): Promise<void> {
  process.umask(PRIVATE_UMASK);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environmentSettings = readSettings(process.env);
  await loadMerchantCertificate(environmentSettings); // an invalid one gives a two-line error here, but a stack trace inside Nest
  readWechatPublicKey(environmentSettings); // same reason
  loadTemplates(environmentSettings); // same reason
  const simulator =
    environmentSettings.wechat.WECHAT_MODE === 'simulator' ? await startLocalSimulator(environmentSettings) : null;
  const app = await createApp(simulator ? simulatedEnvironment(process.env, simulator) : process.env);
  const settings = app.get(Settings);
  if (simulator) {
    app.get(Clock).useTimeSource(simulator.clock);
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
  const { startSimulator } = await import('wechat-pay-simulator');
  return startSimulator({
    port: settings.SIMULATOR_PORT,
    quiet: true,
    // Strict: the service must follow WeChat's documents even where the real WeChat accepts more.
    behaviours: { replyRule: 'strict', jsapiArguments: 'mini-program' },
    // A random seed, because the database outlives the simulator and transaction numbers must not repeat.
    seed: randomInt(2 ** 31),
    merchant: simulatorMerchant(settings),
    ...readSimulatorKeys(),
  });
}

/** The keys that the build wrote beside the bundle of the service. Without them the simulator generates its own. */
function readSimulatorKeys(): { keys?: SimulatorKeys } {
  const file = join(import.meta.dirname, '../simulator-keys.json');
  return existsSync(file) ? { keys: JSON.parse(readFileSync(file, 'utf8')) as SimulatorKeys } : {};
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
