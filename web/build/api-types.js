import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import openapiTypes, { astToString } from 'openapi-typescript';

const HEADER =
  '/* eslint-disable -- generated: made by `npm run build` from the OpenAPI description. Do not edit. */\n\n';
const SIMULATOR = 'packages/wechat-pay-simulator/dist/start-simulator.js';
/** A request may omit a property that has a default. */
const OPTIONS = { defaultNonNullable: false };

/** The types of the service and the simulator, for the pages and tools, and of the server API, for its client. */
const FILES = {
  service: 'tools/client/service-schema.d.ts',
  simulator: 'tools/client/simulator-schema.d.ts',
  // No declaration file, because the package is compiled, and the compiler copies none.
  serverApi: 'packages/client/src/server-schema.ts',
};

/**
 * Writes the types of both HTTP APIs, from the OpenAPI descriptions of the service and the simulator just built. In CI it writes nothing and fails if the committed types are outdated.
 */
export async function writeApiTypes(root) {
  const service = await describeService(root);
  await writeTypes(root, FILES.service, service);
  await writeTypes(root, FILES.serverApi, onlyPaths(service, '/server/api/'));
  await writeTypes(root, FILES.simulator, await describeSimulator(root));
}

async function describeService(root) {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'dist/src/describe-api.js')], {
    maxBuffer: 32 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

async function describeSimulator(root) {
  const { startSimulator } = await import(pathToFileURL(join(root, SIMULATOR)).href);
  const simulator = await startSimulator({ port: 0, quiet: true });
  try {
    return await (await fetch(`${simulator.url}/_control/openapi.json`)).json();
  } finally {
    await simulator.stop();
  }
}

/** The description of the paths with a prefix, and of the schemas that they use. */
function onlyPaths(description, prefix) {
  const paths = Object.fromEntries(Object.entries(description.paths).filter(([path]) => path.startsWith(prefix)));
  const schemas = {};
  const addSchemasOf = (part) => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name in schemas) continue;
      schemas[name] = description.components.schemas[name];
      addSchemasOf(schemas[name]);
    }
  };
  addSchemasOf(paths);
  return { ...description, paths, components: { ...description.components, schemas } };
}

async function writeTypes(root, file, description) {
  const types = HEADER + astToString(await openapiTypes(description, OPTIONS));
  if (types === readOrNull(join(root, file))) return;
  if (process.env.CI === 'true') {
    throw new Error(`${file} is outdated. Run \`npm run build\` and commit the file.`);
  }
  writeFileSync(join(root, file), types);
  process.stdout.write(`${file} was updated. Commit it.\n`);
}

function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
