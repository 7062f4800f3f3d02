import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.js';
import { call } from './http.js';

const ENTRY_FILE = resolve('dist/src/main.js');
const MAX_LIFETIME_MS = 300_000;
/** Several start at once, on a machine that may be busy. */
const READY_TIMEOUT_MS = 60_000;

/** A process need not compile the same modules as the one before it: a sixth of what its start costs. */
export const COMPILE_CACHE_ENVIRONMENT = { NODE_COMPILE_CACHE: join(tmpdir(), 'wx-checkout-test-code') };

/** How a process ended. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built service as a process of its own, so that it can really be killed. `npm test` builds it first. */
export class ServiceProcess {
  /** What it has written to its standard output, and to its standard error. */
  stdout = '';
  stderr = '';
  private readonly exit: Promise<ProcessExit>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exit = new Promise((ended) => {
      child.once('close', (code, signal) => {
        ended({ code, signal });
      });
    });
  }

  /** Does not wait for anything. @param environment nothing of our own but the PATH is handed on, and no file of the project. */
  static launch(environment: Record<string, string>): ServiceProcess {
    if (!existsSync(ENTRY_FILE)) throw new Error(`${ENTRY_FILE} is missing: npm run build`);
    const child = spawn(process.execPath, [ENTRY_FILE], {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'], ...COMPILE_CACHE_ENVIRONMENT, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MAX_LIFETIME_MS,
      killSignal: 'SIGKILL',
    });
    return new ServiceProcess(child, `http://127.0.0.1:${environment['PORT'] ?? '3000'}`);
  }

  /** Waits until it is ready. @param environment must say PORT. */
  static async start(environment: Record<string, string>): Promise<ServiceProcess> {
    const service = ServiceProcess.launch(environment);
    try {
      await eventually(async () => {
        if (!service.isAlive) throw new Error(`The service ended: ${service.output}`);
        if ((await call(`${service.url}/readyz`)).status !== 200) throw new Error('not ready');
      }, READY_TIMEOUT_MS);
      return service;
    } catch (error) {
      service.sendSignal('SIGKILL'); // nobody else knows of it
      throw error;
    }
  }

  /** Everything it has written to its two outputs. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until it ends, by itself or by what was sent before. */
  waitForExit(): Promise<ProcessExit> {
    return this.exit;
  }

  sendSignal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** kill -9: no farewell. */
  async kill(): Promise<void> {
    this.sendSignal('SIGKILL');
    await this.exit;
  }

  /** SIGTERM. @returns the exit code. */
  async stop(): Promise<number | null> {
    this.sendSignal('SIGTERM');
    return (await this.exit).code;
  }
}
