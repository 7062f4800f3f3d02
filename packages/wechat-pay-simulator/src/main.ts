import { startSimulator, SimulatorOptions } from './start-simulator.js';

/** Reads the environment. A variable that is not set keeps its default. */
function optionsFrom(env: NodeJS.ProcessEnv): SimulatorOptions {
  const merchant = {
    appid: env['WECHAT_APP_ID'],
    secret: env['WECHAT_APP_SECRET'],
    mch_id: env['WECHAT_MCH_ID'],
    key: env['WECHAT_API_KEY'],
    api_v3_key: env['WECHAT_API_V3_KEY'],
    mobile_appid: env['WECHAT_MOBILE_APP_ID'],
    mobile_secret: env['WECHAT_MOBILE_APP_SECRET'],
    extra_appids: listFrom(env['WECHAT_EXTRA_APP_IDS']),
    partner: env['WECHAT_V1_PARTNER_ID'],
    partner_key: env['WECHAT_V1_PARTNER_KEY'],
    pay_sign_key: env['WECHAT_V1_PAY_SIGN_KEY'],
  };
  return {
    ...(env['SIMULATOR_HOST'] ? { host: env['SIMULATOR_HOST'] } : {}),
    ...numberFrom(env, 'SIMULATOR_PORT', 'port'),
    ...numberFrom(env, 'SIMULATOR_REFUND_PORT', 'refundPort'),
    ...numberFrom(env, 'SIMULATOR_PROXY_PORT', 'proxyPort'),
    ...(env['SIMULATOR_PUBLIC_URL'] ? { publicUrl: env['SIMULATOR_PUBLIC_URL'] } : {}),
    ...numberFrom(env, 'SIMULATOR_SPEED', 'speed'),
    ...numberFrom(env, 'SIMULATOR_SEED', 'seed'),
    merchant: Object.fromEntries(Object.entries(merchant).filter(([, value]) => value)),
  };
}

/** Undefined for an absent or empty variable. */
function listFrom(text: string | undefined): readonly string[] | undefined {
  return text ? text.split(',').map((item) => item.trim()) : undefined;
}

function numberFrom<K extends string>(env: NodeJS.ProcessEnv, name: string, option: K): Partial<Record<K, number>> {
  const text = env[name];
  if (!text) return {};
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number of 0 or more; it is "${text}"`);
  return { [option]: value } as Partial<Record<K, number>>;
}

async function main(): Promise<void> {
  const simulator = await startSimulator(optionsFrom(process.env));
  const folder = process.env['SIMULATOR_CERTIFICATE_DIR'];
  if (folder) await simulator.writeCertificates(folder);
  console.log(`WeChat simulator on ${simulator.url}`);
  console.log(`  control API  ${simulator.url}/_control/docs`);
  console.log(`  refunds      ${simulator.refundUrl} (TLS, with a certificate)`);
  if (simulator.proxyUrl !== undefined) console.log(`  proxy        ${simulator.proxyUrl} (for HTTPS_PROXY)`);
  console.log(`  certificates ${folder ? `in ${folder}` : `${simulator.url}/_control/certificates`}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void simulator.stop().then(() => {
        process.exit(0);
      });
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
