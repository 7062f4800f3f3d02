export type JsonBody = Readonly<Record<string, unknown>>;

/** The JSON object in the body; undefined when there is none. */
export function parseJsonBody(body: unknown): JsonBody | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonBody) : undefined;
  } catch {
    return undefined;
  }
}
