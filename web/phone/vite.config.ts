import { join } from 'node:path';
import { mergeConfig } from 'vite';
import { pageConfig } from '../vite.shared.ts';
import { miniProgram } from './build/mini-program-plugin.ts';

/** The simulated phone, at `/` in simulator mode, with the example mini-program in it. */
export default mergeConfig(pageConfig({ name: 'phone', root: import.meta.dirname, base: '/phone/' }), {
  plugins: [miniProgram(join(import.meta.dirname, '../../examples/miniprogram'))],
  server: { proxy: { '/phone/wechat': process.env['DEV_SERVICE'] ?? 'http://127.0.0.1:3000' } },
});
