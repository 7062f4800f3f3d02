import { WechatUser } from '../state/user-store.js';
import { WechatOrder } from '../book/wechat-order.js';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;text-align:center}' +
  'button,select{font:inherit;padding:.6rem;width:100%;margin-top:.8rem;border:1px solid #999;border-radius:.4rem}' +
  'button[value=ok]{background:#07c160;border-color:#07c160;color:#fff}strong{font-size:2rem}';
const MAX_PAYERS = 20;

/** The page for an order that can be paid; its form posts to the page's own address. */
export function renderSheetPage(order: WechatOrder, users: readonly WechatUser[]): string {
  const known = users.slice(-MAX_PAYERS).map(({ openid, name }) => {
    return `<option value="${escapeHtml(openid)}">${escapeHtml(name)}</option>`;
  });
  return renderPage(
    '微信支付 WeChat Pay',
    [
      `<p>${escapeHtml(order.description)}</p>`,
      `<p><strong>¥${(order.totalFen / 100).toFixed(2)}</strong></p>`,
      '<form method="post">',
      `<select name="openid" aria-label="付款人 Payer">${known.join('')}<option value="">新用户 new user</option></select>`,
      '<button name="outcome" value="ok">支付 Pay</button>',
      '<button name="outcome" value="cancel">取消 Cancel</button>',
      '</form>',
    ].join('\n'),
  );
}

/** A page that only shows a text. */
export function renderTextPage(text: string): string {
  return renderPage('微信支付 WeChat Pay', `<p>${escapeHtml(text)}</p>`);
}

function renderPage(title: string, content: string): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="zh-CN">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body>\n<h1>${title}</h1>\n${content}\n</body>`,
    '</html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
