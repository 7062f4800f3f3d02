import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { eventually } from './eventually.js';
import { call } from './http.js';

const ENTRY = resolve('dist/src/main.js');
const LONGEST_LIFE_MS = 120_000;

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built service as a process of its own, so that it can really be killed. `npm test` builds it first. */
export class ServiceProcess {
  /** What it has written to its standard output, and to its standard error. */
  stdout = '';
  stderr = '';
  private readonly end: Promise<End>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.end = new Promise((ended) => {
      child.once('close', (code, signal) => {
        ended({ code, signal });
      });
    });
  }

  /** Does not wait for anything. @param environment nothing of our own but the PATH is handed on, and no file of the project. */
  static launches(environment: Record<string, string>): ServiceProcess {
    if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: npm run build`);
    const child = spawn(process.execPath, [ENTRY], {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_LIFE_MS,
      killSignal: 'SIGKILL',
    });
    return new ServiceProcess(child, `http://127.0.0.1:${environment['PORT'] ?? '3000'}`);
  }

  /** Waits until it is ready. @param environment must say PORT. */
  static async starts(environment: Record<string, string>, deadlineMs = 15_000): Promise<ServiceProcess> {
    const service = ServiceProcess.launches(environment);
    try {
      await eventually(async () => {
        if (service.child.exitCode !== null) throw new Error(`The service ended: ${service.said}`);
        if ((await call(`${service.url}/readyz`)).status !== 200) throw new Error('not ready');
      }, deadlineMs);
      return service;
    } catch (error) {
      service.sends('SIGKILL'); // nobody else knows of it
      throw error;
    }
  }

  /** Everything it has written to its two outputs. */
  get said(): string {
    return this.stdout + this.stderr;
  }

  /** Waits until it ends, by itself or by what was sent before. */
  ends(): Promise<End> {
    return this.end;
  }

  sends(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** kill -9: no farewell. */
  async dies(): Promise<void> {
    this.sends('SIGKILL');
    await this.end;
  }

  /** SIGTERM. @returns the exit code. */
  async stops(): Promise<number | null> {
    this.sends('SIGTERM');
    return (await this.end).code;
  }
}
