type CreateElement = (this: Document, name: string, options?: ElementCreationOptions) => HTMLElement;

/**
 * Lets the style elements that scripts of this page make past its policy. antd hands the nonce on to most of its own, but
 * not to those that measure scroll bars or hold the page still behind a dialog. A style that comes as markup, as an
 * injected one would, has no nonce all the same.
 */
export function addNonceToStyles(nonce: string): void {
  const create: CreateElement = Reflect.get(document, 'createElement');
  const createWithNonce: CreateElement = (name, options) => {
    const element = create.call(document, name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  Reflect.set(document, 'createElement', createWithNonce);
}
