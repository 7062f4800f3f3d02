import { SimulatorClient } from '../tools/client/simulator-client.ts';
import type { CompatClient } from './client.ts';
import { axiosPluginV2, axiosPluginV3 } from './clients/wechatpay-axios-plugin.ts';
import { merchantWith } from './merchant.ts';
import { NoticeServer } from './notice-server.ts';
import { runClient, type Operation } from './run-client.ts';

/** The clients that call WeChat through the simulator's proxy. */
export const PROXY_CLIENTS: readonly CompatClient[] = [
  { ...axiosPluginV2, api: 'v2, by proxy' },
  { ...axiosPluginV3, api: 'v3, by proxy' },
];

/**
 * A process of its own, because Node reads the settings of the proxy and of the CA when it starts. Its argument is the
 * simulator's URL; it prints the results of `PROXY_CLIENTS` as JSON.
 */
async function main(url: string): Promise<void> {
  const wechat = new SimulatorClient(url);
  const server = new NoticeServer();
  await server.start();
  try {
    const merchant = merchantWith(await wechat.getCertificates());
    const results: Record<Operation, string>[] = [];
    for (const client of PROXY_CLIENTS) results.push(await runClient(client, { wechat, merchant, server }));
    process.stdout.write(JSON.stringify(results));
  } finally {
    server.close();
  }
}

if (import.meta.main) await main(process.argv[2] ?? '');
