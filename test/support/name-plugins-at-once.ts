import { createRequire } from 'node:module';

type Plugin = Partial<Record<symbol, string>> & { name: string };

const NAME = Symbol.for('fastify.display-name');

/**
 * Fastify looks for the file of a plugin without a name among all modules that were ever loaded. For Node that list is at
 * hand, Jest makes it anew for each look: a third of the time in which a shop opens. So nobody is without a name here.
 */
const utils = createRequire(import.meta.url)('fastify/lib/plugin-utils.js') as {
  registerPlugin: (this: unknown, plugin: Plugin) => unknown;
};
const { registerPlugin } = utils;
utils.registerPlugin = function (plugin) {
  plugin[NAME] ??= plugin.name || 'anonymous';
  return registerPlugin.call(this, plugin);
};
