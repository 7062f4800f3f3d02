// Plain JavaScript, so that it can print a hint if the project is not built yet.
import { existsSync } from 'node:fs';

const built = new URL('../../dist/src/demo/main.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error(
    'The project is not built yet. Start the service in another terminal and keep it running:\n\n  npm start\n',
  );
  process.exitCode = 1;
}
