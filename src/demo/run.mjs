// Plain JavaScript on purpose: it has a word for those who come before anything is built.
import { existsSync } from 'node:fs';

const built = new URL('../../dist/src/demo/main.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('Nothing is built yet. Start the service in another terminal, and leave it running:\n\n  npm start\n');
  process.exitCode = 1;
}
