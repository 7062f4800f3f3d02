/** A socket that listens for both kinds writes IPv4 addresses as IPv6. */
export function plainIp(ip: string): string {
  return ip.replace(/^::ffff:(?=\d+\.)/i, '');
}
