/** A length in rpx: 750 rpx are the width of any screen. */
const RPX = /(-?\d+(?:\.\d+)?)rpx/g;

/**
 * Compiles WXSS to CSS. Lengths in rpx scale with the simulated phone, and the rules of a page apply only to that page. The
 * selector `page` is the page itself.
 * @param scope the page's selector; app.wxss uses a selector that matches all pages
 */
export function compileWxss(source: string, scope: string): string {
  const css = source
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(RPX, (_all, count: string) => `calc(${count} * var(--rpx))`)
    .replaceAll(/(^\s*|[},]\s*)page(?=[\s,{.:])/g, '$1&');
  return `${scope} {\n${css}\n}\n`;
}
