const { textOf } = require('../../utils/checkout.js');
const { orderForPage, refundForPage } = require('../../utils/format.js');

const app = getApp();
/** Milliseconds between two queries of an order in progress: paid and not confirmed, or refunding. */
const LOOK_AGAIN_MS = 3000;

Page({
  data: {
    state: 'loading',
    message: '',
    order: null,
    refunds: [],
    isBusy: false,
    isConfirming: false,
    canRefund: false,
  },

  onLoad({ orderNo, pay }) {
    this.orderNo = orderNo;
    if (pay) this.onPay();
  },

  onShow() {
    this.isVisible = true;
    return this.load();
  },

  onHide() {
    this.leave();
  },

  onUnload() {
    this.leave();
  },

  onPullDownRefresh() {
    return this.load().then(() => wx.stopPullDownRefresh());
  },

  leave() {
    this.isVisible = false;
    clearTimeout(this.timer);
  },

  async load() {
    clearTimeout(this.timer);
    try {
      const [order, refunds] = await Promise.all([
        app.checkout.order(this.orderNo),
        app.checkout.refundsOf(this.orderNo),
      ]);
      this.show(order, refunds.items);
    } catch (error) {
      if (this.data.order === null) this.setData({ state: 'failed', message: textOf(error) });
    }
    this.lookAgainLater();
  },

  /** A notice from WeChat, or a query by the server, may change the order at any time. */
  lookAgainLater() {
    const { order, refunds } = this.data;
    const isUnderWay = order !== null && (order.status === 'PENDING' || refunds.some(({ isOver }) => !isOver));
    clearTimeout(this.timer);
    if (this.isVisible && isUnderWay) this.timer = setTimeout(() => this.load(), LOOK_AGAIN_MS);
  },

  show(order, refunds = this.data.refunds) {
    const shown = orderForPage(order);
    const isOpen = refunds.some(({ status }) => status === 'REQUESTED' || status === 'PROCESSING');
    this.setData({
      state: 'ready',
      order: shown,
      refunds: refunds.map(refundForPage),
      isConfirming: this.data.isConfirming && order.status === 'PENDING',
      canRefund: order.status === 'PAID' && shown.refundableFen > 0 && !isOpen,
    });
  },

  /** WeChat asks for consent only within a tap. For the first payment that was the tap on 提交订单. */
  async onTapPay() {
    if (this.data.isBusy) return;
    await app.checkout.askToTell(['orderPaid']);
    await this.onPay();
  },

  /** Shows the order's state from the server, not the result of wx.requestPayment. */
  async onPay() {
    await this.whileBusy(async () => {
      const { outcome, order } = await app.checkout.pay(this.orderNo);
      this.setData({ isConfirming: outcome === 'confirming' });
      if (order) this.show(order);
      if (outcome === 'paid') wx.showToast({ title: '支付成功', icon: 'success' });
      if (outcome === 'cancelled') wx.showToast({ title: '未完成支付', icon: 'none' });
    });
  },

  /** For users who say that they have paid: queries the payment instead of opening another payment page. */
  async onAsk() {
    await this.whileBusy(async () => this.show(await app.checkout.sync(this.orderNo)));
  },

  async onCancel() {
    const { confirm } = await wx.showModal({ title: '取消订单', content: '取消后库存将释放，确定吗？' });
    if (!confirm) return;
    await this.whileBusy(async () => this.show(await app.checkout.cancel(this.orderNo)));
  },

  onRefund() {
    wx.navigateTo({ url: `/pages/refund/refund?orderNo=${this.orderNo}&leftFen=${this.data.order.refundableFen}` });
  },

  async onCancelRefund(event) {
    await this.whileBusy(() => app.checkout.cancelRefund(event.currentTarget.dataset.refundNo));
    await this.load();
  },

  async whileBusy(work) {
    if (this.data.isBusy) return;
    this.setData({ isBusy: true });
    try {
      await work();
    } catch (error) {
      wx.showToast({ title: textOf(error), icon: 'none' });
    } finally {
      this.setData({ isBusy: false });
      this.lookAgainLater();
    }
  },
});
