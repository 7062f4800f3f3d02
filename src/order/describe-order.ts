/**
 * What WeChat shows to the payer by default, in the format that it requires: shop name, then product.
 * @param lines at least one.
 */
export function describeOrder(shopName: string, lines: readonly { name: string }[]): string {
  const rest = lines.length > 1 ? `等${lines.length}件` : '';
  return `${shopName}-${lines[0]?.name ?? ''}${rest}`;
}
