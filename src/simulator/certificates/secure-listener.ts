import type { RequestListener } from 'node:http';
import { createServer, Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { RECEIVE_TIMEOUTS } from '../body-parsers.js';
import { Certificates, CertificateWithKey } from './simulator-certificates.js';

/**
 * The TLS endpoint of api.mch.weixin.qq.com. It requests a client certificate but accepts every connection: the calls
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
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
