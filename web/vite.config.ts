import { pageConfig } from './vite.shared.ts';

/** The merchant's console, below /admin. */
export default pageConfig({ name: 'console', root: import.meta.dirname, base: '/admin/' });
