const { textOf } = require('../../utils/checkout.js');
const { orderForPage } = require('../../utils/format.js');

const app = getApp();

Page({
  data: { state: 'loading', message: '', orders: [], nextCursor: null },

  onShow() {
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

  onOpen(event) {
    wx.navigateTo({ url: `/pages/order/order?orderNo=${event.currentTarget.dataset.orderNo}` });
  },

  onShop() {
    wx.switchTab({ url: '/pages/shop/shop' });
  },
});
