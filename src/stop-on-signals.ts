import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Process managers kill after ten seconds. The jobs of the next start complete unfinished work. */
const SHUTDOWN_TIMEOUT_MS = 9000;
const IDLE_CHECK_INTERVAL_MS = 50;

/** On SIGTERM or Ctrl-C: stops accepting requests, finishes running ones, releases claims, and exits with 0. */
export function stopOnSignals(app: NestFastifyApplication): void {
  const log = new Logger('GracefulStop');
  let isStopping = false;
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(0), SHUTDOWN_TIMEOUT_MS).unref();
    const server = app.getHttpServer();
    server.close();
    // A keep-alive connection would keep the process running after its last response.
    setInterval(() => {
      server.closeIdleConnections();
    }, IDLE_CHECK_INTERVAL_MS).unref();
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Terminals signal the whole process group and npm may forward it again: a second signal must not interrupt the
    // shutdown.
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      log.log(`${signal}: finishing running requests`);
      stop().catch((error: unknown) => {
        log.error(error);
        process.exit(1);
      });
    });
  }
}
