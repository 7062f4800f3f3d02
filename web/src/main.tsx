import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './console.css';

/** Browsers hide a nonce from selectors and injected styles, but the page's own script can read it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce !== undefined) addNonceToStyles(nonce);

const root = document.getElementById('root');
if (root) createRoot(root).render(<App nonce={nonce} />);

type CreateElement = (this: Document, name: string, options?: ElementCreationOptions) => HTMLElement;

/**
 * Adds the nonce to style elements that scripts of this page create, so that the Content Security Policy allows them. antd
 * adds the nonce to most of its styles, but not to those that measure scroll bars or lock the page behind a dialog. Styles
 * that come as markup, such as injected ones, still have no nonce.
 */
function addNonceToStyles(nonce: string): void {
  const create: CreateElement = Reflect.get(document, 'createElement');
  const createWithNonce: CreateElement = (name, options) => {
    const element = create.call(document, name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  Reflect.set(document, 'createElement', createWithNonce);
}
