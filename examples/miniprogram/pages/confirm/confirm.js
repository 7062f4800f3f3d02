const { textOf } = require('../../utils/checkout.js');
const { yuan } = require('../../utils/format.js');

const app = getApp();

Page({
  data: { lines: [], totalText: '0.00', remark: '', isBusy: false },

  onLoad() {
    this.orderKey = app.checkout.newKey();
    this.setData({
      lines: app.cart.map((line, index) => ({
        ...line,
        initial: line.name.slice(0, 1),
        tint: index % 4,
        unitText: yuan(line.unitFen),
      })),
      totalText: yuan(app.cart.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0)),
    });
  },

  /** Another remark is another order: it needs a key of its own. */
  onRemark(event) {
    this.orderKey = app.checkout.newKey();
    this.setData({ remark: event.detail.value });
  },

  /**
   * The key stays the same until the order is there. When the network loses the answer and the user taps again, the server
   * gives the order that it has already made.
   */
  async onSubmit() {
    if (this.data.isBusy) return;
    this.setData({ isBusy: true });
    try {
      const items = app.cart.map(({ productId, quantity }) => ({ productId, quantity }));
      const order = await app.checkout.placeOrder(items, { key: this.orderKey, remark: this.data.remark });
      app.cart = [];
      // The order's page pays: whoever comes back later finds the same button there.
      wx.redirectTo({ url: `/pages/order/order?orderNo=${order.orderNo}&pay=1` });
    } catch (error) {
      this.setData({ isBusy: false });
      wx.showToast({ title: textOf(error), icon: 'none' });
    }
  },
});
