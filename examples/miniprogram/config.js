// The URL of wx-checkout. In WeChat DevTools, `npm start` on the same machine is enough: 详情 → 本地设置 → 不校验合法域名.
// 上线前改成 HTTPS 域名，并填入 小程序后台 → 开发管理 → 服务器域名 → request 合法域名。
module.exports = { BASE_URL: 'http://127.0.0.1:3000' };
