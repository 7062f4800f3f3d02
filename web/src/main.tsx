import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './console.css';
import { addNonceToStyles } from './style-nonce.js';

/** Browsers hide a nonce from selectors and injected styles, but the page's own script can read it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce !== undefined) addNonceToStyles(nonce);

const root = document.getElementById('root');
if (root) createRoot(root).render(<App nonce={nonce} />);
