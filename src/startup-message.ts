import type { BootstrapAdmin } from './admin/accounts/admin-bootstrap.service.js';
import type { Settings } from './config/settings.js';

/** The data of the message printed after the start. */
export interface StartupInfo {
  url: string;
  simulator: { readonly url: string } | null;
  admin: BootstrapAdmin | null;
  /** The file with the password for `npm run demo`; null if there is none. */
  credentialsFile: string | null;
}

/** The message printed after the start. It shows the initial password once; the password is never logged. */
export function startupMessage(
  settings: Settings,
  { url, simulator, admin, credentialsFile: note }: StartupInfo,
): string {
  const lines: [string, string][] = [
    ['Service', url],
    ['Merchant console', `${url}/admin`],
    ...(settings.API_DOCS === 'on' ? [['API docs', `${url}/docs`] as [string, string]] : []),
  ];
  if (simulator) {
    lines.splice(1, 0, ['Simulated phone', `${url}/`]);
    lines.push(['WeChat simulator', simulator.url], ['Simulator control', `${simulator.url}/_control/docs`]);
  }
  lines.push(['Database', settings.DATABASE_URL.startsWith('mysql:') ? 'MySQL / MariaDB' : settings.DATABASE_URL]);
  if (admin) lines.push(['Administrator', admin.username]);
  if (admin?.password)
    lines.push(['One-time password', `${admin.password}   (shown only once: change it after the first login)`]);
  if (note !== null) lines.push(['Demo credentials', `${note}   (readable only by you)`]);
  const body = lines.map(([name, value]) => `  ${name.padEnd(18)} ${value}`).join('\n');
  const hint = simulator ? '\n  Run the demo in another terminal:  npm run demo\n' : '';
  return `\nwx-checkout is ready.\n\n${body}\n${hint}\n`;
}
