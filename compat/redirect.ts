import { Socket, type NetConnectOpts } from 'node:net';
import { setDefaultCACertificates } from 'node:tls';

/** Where all the clients call WeChat Pay. Some of them cannot be given another address. */
const WECHAT_HOST = 'api.mch.weixin.qq.com';

/**
 * Connects to the simulator whenever a client connects to WeChat Pay, as an entry in /etc/hosts would. The client, its URLs,
 * its TLS (the certificate must be valid for WeChat's host name) and its HTTP stay as they are.
 * @param ca PEM of the authority that issued the simulator's certificate
 */
export function redirectWechat(simulator: URL, ca: string): void {
  setDefaultCACertificates([ca]);
  const prototype = Socket.prototype as { connect: (...options: unknown[]) => Socket };
  const connect = prototype.connect;
  prototype.connect = function (this: Socket, ...options: unknown[]) {
    const [first, ...others] = options;
    // Node passes the options of `connect` in an array when it has normalized them.
    const given = (Array.isArray(first) ? first[0] : first) as Partial<NetConnectOpts & { host: string }>;
    if (given.host !== WECHAT_HOST) return connect.apply(this, options);
    return connect.call(this, { ...given, host: simulator.hostname, port: Number(simulator.port) }, ...others);
  };
}
