import type { RequestListener } from 'node:http';
import { createServer, Server } from 'node:https';
import { RECEIVE_TIMEOUTS } from '../http-setup.js';
import { listen } from '../listen.js';
import { Certificates, CertificateWithKey } from './simulator-certificates.js';

/**
 * The TLS endpoint of all of WeChat's host names. It serves every call. It requests a client certificate but accepts every connection: the calls
 * decide whether they need one, and WeChat refuses in HTTP instead of ending the TLS handshake.
 */
export class SecureListener {
  private readonly server: Server;

  constructor({ ca }: Certificates, { cert, key }: CertificateWithKey, handle: RequestListener) {
    this.server = createServer(
      { ca, cert, key, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2', ...RECEIVE_TIMEOUTS },
      handle,
    );
  }

  /** Resolves with the port that was bound. */
  listen(port: number, host: string): Promise<number> {
    return listen(this.server, port, host);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
