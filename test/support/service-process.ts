import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.js';
import { sendRequest } from '../../tools/client/http.js';

const ENTRY_FILE = resolve('dist/server/main.js');
const MAX_LIFETIME_MS = 300_000;
/** Several processes start at once, on a machine that may be busy. */
const READY_TIMEOUT_MS = 60_000;

/** Compiled modules are cached between processes, which saves a sixth of the start. */
export const COMPILE_CACHE_ENVIRONMENT = { NODE_COMPILE_CACHE: join(tmpdir(), 'wx-checkout-test-code') };

/** How a process ended. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built service as a separate process, so that a test can kill it. `npm test` builds it first. */
export class ServiceProcess {
  /** Content of its standard output and of its standard error. */
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

  /**
   * Starts the process and does not wait.
   * @param environment the process gets only these variables and PATH, and no file of the project.
   */
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

  /**
   * Starts the process and waits until it is ready.
   * @param environment must contain PORT.
   */
  static async start(environment: Record<string, string>): Promise<ServiceProcess> {
    const service = ServiceProcess.launch(environment);
    try {
      await eventually(async () => {
        if (!service.isAlive) throw new Error(`The service ended: ${service.output}`);
        if ((await sendRequest(`${service.url}/readyz`)).status !== 200) throw new Error('not ready');
      }, READY_TIMEOUT_MS);
      return service;
    } catch (error) {
      service.sendSignal('SIGKILL'); // the caller has no reference to end it
      throw error;
    }
  }

  /** Both outputs together. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until the process exits. */
  waitForExit(): Promise<ProcessExit> {
    return this.exit;
  }

  sendSignal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends SIGKILL: no graceful shutdown. */
  async kill(): Promise<void> {
    this.sendSignal('SIGKILL');
    await this.exit;
  }

  /**
   * Sends SIGTERM.
   * @returns the exit code.
   */
  async stop(): Promise<number | null> {
    this.sendSignal('SIGTERM');
    return (await this.exit).code;
  }
}
