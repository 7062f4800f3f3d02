export type JsonBody = Readonly<Record<string, unknown>>;

/** The object that the bytes say; undefined when they say none. */
export function parseJsonBody(body: unknown): JsonBody | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonBody) : undefined;
  } catch {
    return undefined;
  }
}
