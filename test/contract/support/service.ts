import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from '../../support/eventually.js';

const MAIN = resolve('dist/src/main.js');
/** A start or a stop that takes longer than this has failed. */
const PATIENCE_MS = 20_000;

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Milliseconds from the signal, or from the start, to the end. */
  afterMs: number;
}

/** The built service as an operator runs it: a process with an environment, an output and an exit code. */
export class ServiceProcess {
  output = '';
  private readonly startedAt = performance.now();
  private signalledAt = this.startedAt;
  private readonly end: Promise<End>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    this.end = new Promise((done) => {
      child.on('close', (code, signal) => {
        done({ code, signal, afterMs: performance.now() - this.signalledAt });
      });
    });
  }

  /** Nothing of the environment of the tests reaches it, and no file of the project: it runs in a folder of its own. */
  static async starts(environment: Record<string, string>): Promise<ServiceProcess> {
    if (!existsSync(MAIN)) throw new Error('Build the service first: npm run build');
    const folder = await mkdtemp(join(tmpdir(), 'wx-checkout-process-'));
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOST: '127.0.0.1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ServiceProcess(child, folder);
  }

  /** The address, once the service says that it is ready. */
  async isReady(): Promise<string> {
    const url = await eventually(() => {
      const said = /^\s*Service\s+(http:\S+)/m.exec(this.output)?.[1];
      if (said !== undefined) return said;
      throw new Error(`The service is not ready: ${this.output}`);
    }, PATIENCE_MS);
    return url;
  }

  sends(signal: NodeJS.Signals): void {
    this.signalledAt = performance.now();
    this.child.kill(signal);
  }

  /** Waits for the end; kills what does not end by itself. */
  async ends(): Promise<End> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    try {
      return await this.end;
    } finally {
      clearTimeout(timer);
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  async isKilled(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ends();
  }
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((found) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      found(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await new Promise((closed) => server.close(closed));
  return port;
}
