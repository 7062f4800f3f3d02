import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Supervisors kill after ten seconds; what is not done by then is picked up by the jobs of the next start. */
const SHUTDOWN_TIMEOUT_MS = 9000;
const IDLE_CHECK_INTERVAL_MS = 50;

/** SIGTERM or Ctrl-C: accept nothing new, finish what is in flight, let go of claims, exit 0. */
export function stopOnSignals(app: NestFastifyApplication): void {
  const log = new Logger('GracefulStop');
  let isStopping = false;
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(0), SHUTDOWN_TIMEOUT_MS).unref();
    const server = app.getHttpServer();
    server.close();
    // A connection whose answer has just gone out would be kept alive for the client's next question, and keep us too.
    setInterval(() => {
      server.closeIdleConnections();
    }, IDLE_CHECK_INTERVAL_MS).unref();
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Supervisors and terminals signal the whole group, and npm may hand it on once more: a second one must not cut the first short.
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      log.log(`${signal}: finishing what is in flight`);
      stop().catch((error: unknown) => {
        log.error(error);
        process.exit(1);
      });
    });
  }
}
