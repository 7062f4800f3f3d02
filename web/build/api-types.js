import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import openapiTypes, { astToString } from 'openapi-typescript';

const HEADER = '// Made by `npm run build` from the OpenAPI description of the service. Do not edit.\n\n';

/**
 * Writes the types of the API to web/src/api/schema.d.ts, from the OpenAPI description of the service just built. In CI it
 * writes nothing and fails if the committed types are outdated.
 */
export async function writeApiTypes(root) {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'dist/src/describe-api.js')], {
    maxBuffer: 32 * 1024 * 1024,
  });
  const types = HEADER + astToString(await openapiTypes(JSON.parse(stdout)));
  const file = join(root, 'web/src/api/schema.d.ts');
  if (types === readOrNull(file)) return;
  if (process.env.CI === 'true') {
    throw new Error('web/src/api/schema.d.ts is outdated. Run `npm run build` and commit the file.');
  }
  writeFileSync(file, types);
  process.stdout.write('web/src/api/schema.d.ts was updated. Commit it.\n');
}

function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
