import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { eventually } from './eventually.js';
import { call } from './http.js';

const ENTRY = 'dist/src/main.js';

/** The built service as a process of its own, so that it can really be killed. `npm test` builds it first. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly output: string[],
  ) {}

  /** @param environment must say PORT. Nothing of our own environment but the PATH is handed on. */
  static async starts(environment: Record<string, string>): Promise<ServiceProcess> {
    if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: npm run build`);
    const output: string[] = [];
    const child = spawn(process.execPath, [ENTRY], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const service = new ServiceProcess(child, `http://127.0.0.1:${environment['PORT'] ?? '3000'}`, output);
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`The service ended: ${service.said}`);
      if ((await call(`${service.url}/readyz`)).status !== 200) throw new Error('not ready');
    }, 15_000);
    return service;
  }

  /** Everything it has written to its two outputs. */
  get said(): string {
    return this.output.join('');
  }

  /** kill -9: no farewell. */
  async dies(): Promise<void> {
    await this.ends('SIGKILL');
  }

  /** SIGTERM. @returns the exit code. */
  stops(): Promise<number | null> {
    return this.ends('SIGTERM');
  }

  private async ends(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
    return this.child.exitCode;
  }
}
