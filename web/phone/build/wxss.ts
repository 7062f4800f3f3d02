/** The screen is this many rpx wide, whatever its size. */
const RPX = /(-?\d+(?:\.\d+)?)rpx/g;

/**
 * WXSS as CSS: lengths follow the width of the phone on the page, and a page's rules reach nothing but that page.
 * `page` is the page itself.
 * @param scope the selector of the page; the app's own file uses one that all pages have
 */
export function compileWxss(source: string, scope: string): string {
  const css = source
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(RPX, (_all, count: string) => `calc(${count} * var(--rpx))`)
    .replaceAll(/(^\s*|[},]\s*)page(?=[\s,{.:])/g, '$1&');
  return `${scope} {\n${css}\n}\n`;
}
