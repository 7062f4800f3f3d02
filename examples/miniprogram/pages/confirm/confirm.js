const { textOf } = require('../../utils/checkout.js');
const { yuan } = require('../../utils/format.js');

const app = getApp();

const totalFen = () => app.cart.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0);
const withText = (coupon) => ({ ...coupon, name: `${coupon.name}　-¥${yuan(coupon.discountFen)}` });

Page({
  data: { lines: [], totalText: '0.00', offText: '', coupons: [], usable: 0, chosen: 0, remark: '', isBusy: false },

  onLoad() {
    this.orderKey = app.checkout.newKey();
    this.showCart();
    this.loadCoupons();
  },

  showCart() {
    this.setData({
      lines: app.cart.map((line, index) => ({
        ...line,
        initial: line.name.slice(0, 1),
        tint: index % 4,
        unitText: yuan(line.unitFen),
      })),
      totalText: yuan(this.payableFen()),
    });
  },

  /** The displayed amount to pay. At least one fen always remains to be paid. */
  payableFen() {
    const { discountFen } = this.data.coupons[this.data.chosen] || { discountFen: 0 };
    return totalFen() - Math.max(Math.min(discountFen, totalFen() - 1), 0);
  },

  /** An order can be placed without coupons: if they cannot be loaded, none are offered. */
  async loadCoupons() {
    const mine = await app.checkout.coupons().catch(() => []);
    const fit = mine.filter(({ minSpendFen }) => minSpendFen <= totalFen() && totalFen() > 1);
    const none = { id: '', name: '不使用', discountFen: 0 };
    this.setData({ coupons: fit.length > 0 ? [none, ...fit.map(withText)] : [], usable: fit.length });
    // Without a chosen coupon the order is unchanged, so the key stays.
    if (this.data.chosen !== 0) this.choose(0);
  },

  onCoupon(event) {
    this.choose(Number(event.detail.value));
  },

  /**
   * With another coupon it is another order. The displayed amount is an estimate; the server decides and rejects
   * another price.
   */
  choose(chosen) {
    this.orderKey = app.checkout.newKey();
    this.setData({ chosen });
    const offFen = totalFen() - this.payableFen();
    this.setData({ offText: offFen > 0 ? yuan(offFen) : '', totalText: yuan(this.payableFen()) });
  },

  /** Another remark makes another order, which needs its own key. */
  onRemark(event) {
    this.orderKey = app.checkout.newKey();
    this.setData({ remark: event.detail.value });
  },

  /**
   * The key stays the same until the order is placed. If the response is lost and the user taps again, the server
   * returns the order that it has already created.
   */
  async onSubmit() {
    if (this.data.isBusy) return;
    this.setData({ isBusy: true });
    await app.checkout.askToTell(['orderPaid']);
    await this.submit();
  },

  async submit() {
    this.setData({ isBusy: true });
    try {
      const items = app.cart.map(({ productId, quantity }) => ({ productId, quantity }));
      const { id: couponId } = this.data.coupons[this.data.chosen] || {};
      const shown = { expectedTotalFen: totalFen(), expectedPayableFen: this.payableFen() };
      const order = await app.checkout.placeOrder(items, {
        key: this.orderKey,
        remark: this.data.remark,
        couponId,
        ...shown,
      });
      app.cart = [];
      // The order page starts the payment, and shows the same button when the user comes back later.
      wx.redirectTo({ url: `/pages/order/order?orderNo=${order.orderNo}&pay=1` });
    } catch (error) {
      this.setData({ isBusy: false });
      if (error.code === 'PRICE_CHANGED') {
        await this.onPriceChanged();
        return;
      }
      wx.showToast({ title: textOf(error), icon: 'none' });
      if (error.code === 'COUPON_NOT_USABLE') this.loadCoupons();
    }
  },

  /** Nothing was ordered. Shows the current prices, and orders only when the user agrees to them. */
  async onPriceChanged() {
    try {
      const { items } = await app.checkout.products();
      const now = new Map(items.map(({ id, priceFen }) => [id, priceFen]));
      app.cart = app.cart.map((line) => ({ ...line, unitFen: now.get(line.productId) || line.unitFen }));
      const couponId = (this.data.coupons[this.data.chosen] || {}).id;
      await this.loadCoupons();
      this.choose(
        Math.max(
          this.data.coupons.findIndex(({ id }) => id === couponId),
          0,
        ),
      );
      this.showCart();
    } catch (error) {
      wx.showToast({ title: textOf(error), icon: 'none' });
      return;
    }
    const content = `合计现为 ¥${this.data.totalText}，是否按新价格提交订单？`;
    const { confirm } = await wx.showModal({ title: '价格已变化', content });
    if (confirm) await this.submit();
  },
});
