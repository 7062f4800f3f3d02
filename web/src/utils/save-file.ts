import { ApiError, unwrap } from '../api/client.js';
import { fileNameOf } from './file-name.js';

/** Saves text or bytes as a file of the browser. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

interface FileResponse {
  data?: Blob;
  error?: unknown;
  response: Response;
}

/** Saves a file that the service sends, under the service's name. @returns the name. @throws ApiError as `unwrap` does. */
export async function downloadFile(call: Promise<FileResponse>): Promise<string> {
  const content = await unwrap(call);
  const { response } = await call;
  const name = fileNameOf(response.headers.get('content-disposition'));
  if (name === null) throw new ApiError(response.status, null);
  saveFile(name, content);
  return name;
}
