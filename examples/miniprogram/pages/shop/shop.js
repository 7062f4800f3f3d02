const { textOf } = require('../../utils/checkout.js');
const { yuan } = require('../../utils/format.js');

const app = getApp();

Page({
  data: { state: 'loading', message: '', products: [], pieces: 0, totalText: '0.00' },

  onShow() {
    return this.load();
  },

  onPullDownRefresh() {
    return this.load().then(() => wx.stopPullDownRefresh());
  },

  async load() {
    try {
      const { items } = await app.checkout.products();
      this.show(items.map((product) => ({ ...product, chosen: this.chosenOf(product.id) })));
    } catch (error) {
      this.setData({ state: 'failed', message: textOf(error) });
    }
  },

  onMore(event) {
    this.change(event.currentTarget.dataset.id, 1);
  },

  onLess(event) {
    this.change(event.currentTarget.dataset.id, -1);
  },

  onCheckout() {
    wx.navigateTo({ url: '/pages/confirm/confirm' });
  },

  chosenOf(productId) {
    const line = app.cart.find((each) => each.productId === productId);
    return line ? line.quantity : 0;
  },

  change(id, by) {
    const within = ({ chosen, stock }) => Math.max(0, Math.min(chosen + by, stock, 99));
    this.show(this.data.products.map((each) => (each.id === id ? { ...each, chosen: within(each) } : each)));
  },

  /** The prices come from the server, which calculates the order's price again. */
  show(products) {
    const chosen = products.filter((product) => product.chosen > 0);
    app.cart = chosen.map(({ id, name, priceFen, chosen: quantity }) => ({
      productId: id,
      name,
      unitFen: priceFen,
      quantity,
    }));
    this.setData({
      state: products.length > 0 ? 'ready' : 'empty',
      products: products.map((product, index) => ({
        ...product,
        priceText: yuan(product.priceFen),
        initial: product.name.slice(0, 1),
        tint: index % 4,
      })),
      pieces: chosen.reduce((sum, product) => sum + product.chosen, 0),
      totalText: yuan(chosen.reduce((sum, product) => sum + product.priceFen * product.chosen, 0)),
    });
  },
});
