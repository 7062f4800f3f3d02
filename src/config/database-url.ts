/** The parts of `DATABASE_URL`. */
export type DatabaseUrl =
  | { dialect: 'sqlite'; path: string }
  | { dialect: 'mysql'; host: string; port: number; username: string; password: string; database: string };

/** @returns null when the text is neither `sqlite:PATH` nor `mysql://user:pass@host:port/db`. */
export function parseDatabaseUrl(text: string): DatabaseUrl | null {
  if (text.startsWith('sqlite:')) {
    const path = text.slice('sqlite:'.length);
    return path === '' ? null : { dialect: 'sqlite', path };
  }
  if (!/^mysql:\/\/[^/]+\/[^/?]+$/.test(text) || !URL.canParse(text)) return null;
  try {
    return mysqlUrl(new URL(text));
  } catch {
    return null; // an invalid percent-encoding
  }
}

function mysqlUrl(url: URL): DatabaseUrl {
  return {
    dialect: 'mysql',
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? 3306 : Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}
