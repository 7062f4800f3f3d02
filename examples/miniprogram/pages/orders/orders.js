const { textOf } = require('../../utils/checkout.js');
const { orderForPage } = require('../../utils/format.js');

const app = getApp();

Page({
  data: { state: 'loading', message: '', orders: [], nextCursor: null, isKnown: false, phone: null },

  onShow() {
    this.loadPhone();
    return this.load();
  },

  onPullDownRefresh() {
    return this.load().then(() => wx.stopPullDownRefresh());
  },

  onReachBottom() {
    if (this.data.nextCursor) this.loadMore();
  },

  async load() {
    try {
      const { items, nextCursor } = await app.checkout.orders();
      this.setData({ state: items.length > 0 ? 'ready' : 'empty', orders: items.map(orderForPage), nextCursor });
    } catch (error) {
      this.setData({ state: 'failed', message: textOf(error), orders: [] });
    }
  },

  async loadMore() {
    try {
      const { items, nextCursor } = await app.checkout.orders(this.data.nextCursor);
      this.setData({ orders: this.data.orders.concat(items.map(orderForPage)), nextCursor });
    } catch (error) {
      wx.showToast({ title: textOf(error), icon: 'none' });
    }
  },

  /** The orders do not depend on it, so a failure is not shown. */
  async loadPhone() {
    try {
      const { phone } = await app.checkout.me();
      this.setData({ isKnown: true, phone });
    } catch {
      this.setData({ isKnown: false });
    }
  },

  /** WeChat has asked the user. Without a code the user has refused, and nothing else happens. */
  async onPhone({ detail }) {
    if (!detail.code) return;
    try {
      const { phone } = await app.checkout.givePhone(detail.code);
      this.setData({ phone });
      wx.showToast({ title: '已绑定手机号' });
    } catch (error) {
      wx.showToast({ title: textOf(error), icon: 'none' });
      this.loadPhone(); // the number may be stored even if the response was lost
    }
  },

  onOpen(event) {
    wx.navigateTo({ url: `/pages/order/order?orderNo=${event.currentTarget.dataset.orderNo}` });
  },

  onShop() {
    wx.switchTab({ url: '/pages/shop/shop' });
  },
});
