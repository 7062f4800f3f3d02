import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SimulatorProcess } from '../tools/process/simulator-process.ts';
import type { CompatClient } from './client.ts';
import { tenpay } from './clients/tenpay.ts';
import { wechatPaymentNode } from './clients/wechat-payment-node.ts';
import { axiosPluginV2, axiosPluginV3 } from './clients/wechatpay-axios-plugin.ts';
import { wechatpayNodeV3 } from './clients/wechatpay-node-v3.ts';
import { weixinPay } from './clients/weixin-pay.ts';
import { merchantWith } from './merchant.ts';
import { NoticeServer } from './notice-server.ts';
import { redirectWechat } from './redirect.ts';
import { runByProxy } from './run-by-proxy.ts';
import { NOT_OFFERED, OPERATIONS, PASS, runClient, type Operation } from './run-client.ts';

const CLIENTS = [tenpay, axiosPluginV2, wechatPaymentNode, weixinPay, axiosPluginV3, wechatpayNodeV3];

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = `${ROOT}docs/simulator.md`;
/** The table in the page stands between these lines. */
const [BEGIN, END] = ['<!-- compat: begin -->', '<!-- compat: end -->'];

type Results = Map<CompatClient, Record<Operation, string>>;

/**
 * `npm run compat`: third-party clients make a sale with the simulator. Fails when an operation fails, or when the table in
 * docs/simulator.md is not the result; `npm run compat -- --write` writes it.
 */
async function main(): Promise<void> {
  const results: Results = new Map([...(await runWithHostsEntry()), ...(await runByProxy(ROOT))]);
  const table = await formatTable(results);
  process.stdout.write(`${table}\n`);
  const page = await readFile(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const [written = '', after = ''] = rest.split(END);
  if (process.argv.includes('--write')) {
    await writeFile(PAGE, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
  } else if (written.trim() !== table) {
    fail(`The table in docs/simulator.md is not current: run npm run compat -- --write`);
  }
  const cells = [...results.values()].flatMap((each) => Object.values(each));
  if (cells.some((cell) => cell !== PASS && cell !== NOT_OFFERED)) fail('An operation failed.');
}

/** In this process, with WeChat's host name resolved to the simulator. */
async function runWithHostsEntry(): Promise<Results> {
  const wechat = await SimulatorProcess.start({ app: ROOT, environment: { SIMULATOR_SEED: '1' } });
  const server = new NoticeServer();
  try {
    const certificates = await wechat.getCertificates();
    redirectWechat(new URL(wechat.refundUrl), certificates.ca);
    await server.start();
    const merchant = merchantWith(certificates);
    const results: Results = new Map();
    for (const client of CLIENTS) results.set(client, await runClient(client, { wechat, merchant, server }));
    return results;
  } finally {
    server.close();
    await wechat.stop();
  }
}

/** A Markdown table as Prettier formats it: one row for each operation, one column for each client. */
async function formatTable(results: Results): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(`${ROOT}compat/package.json`, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const columns = [
    ['operation', ...OPERATIONS],
    ...[...results].map(([{ name, api }, cells]) => [
      `${name} ${dependencies[name] ?? ''}, ${api}`,
      ...OPERATIONS.map((operation) => cells[operation].replaceAll('|', '\\|')),
    ]),
  ].map((cells) => {
    const width = Math.max(...cells.map(({ length }) => length));
    return cells.flatMap((cell, row) => [cell.padEnd(width), ...(row === 0 ? ['-'.repeat(width)] : [])]);
  });
  const rows = columns[0]?.map((_, row) => `| ${columns.map((cells) => cells[row]).join(' | ')} |`) ?? [];
  return rows.join('\n');
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
});
