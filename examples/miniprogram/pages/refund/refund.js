const { textOf } = require('../../utils/checkout.js');
const { yuan, fenOf } = require('../../utils/format.js');

const app = getApp();

const REASONS = [
  { code: 'CHANGED_MIND', text: '不想要了' },
  { code: 'WRONG_ITEM', text: '发错货' },
  { code: 'NOT_RECEIVED', text: '一直没收到' },
  { code: 'NOT_AS_DESCRIBED', text: '与描述不符' },
  { code: 'QUALITY', text: '质量问题' },
  { code: 'MISSING_ITEM', text: '少件、漏发' },
  { code: 'OTHER', text: '其他原因' },
];

Page({
  data: { reasons: REASONS, chosen: 0, amount: '', leftText: '', detail: '', isBusy: false },

  onLoad({ orderNo, leftFen }) {
    this.orderNo = orderNo;
    this.refundKey = app.checkout.newKey();
    this.setData({ amount: yuan(Number(leftFen)), leftText: yuan(Number(leftFen)) });
  },

  onReason(event) {
    this.edit({ chosen: Number(event.detail.value) });
  },

  onAmount(event) {
    this.edit({ amount: event.detail.value });
  },

  onDetail(event) {
    this.edit({ detail: event.detail.value });
  },

  /** A changed request needs another key; the same request, sent again, keeps it. */
  edit(change) {
    this.refundKey = app.checkout.newKey();
    this.setData(change);
  },

  async onSubmit() {
    if (this.data.isBusy) return;
    const amountFen = fenOf(this.data.amount);
    if (!amountFen) {
      wx.showToast({ title: '请输入正确的金额', icon: 'none' });
      return;
    }
    this.setData({ isBusy: true });
    await app.checkout.askToTell(['refundApproved', 'refundRejected', 'refundSucceeded']);
    try {
      const { code, text } = REASONS[this.data.chosen];
      const request = { amountFen, reasonCode: code, reason: this.data.detail.trim() || text };
      await app.checkout.askRefund(this.orderNo, request, { key: this.refundKey });
      wx.showToast({ title: '已提交，等待商家审核', icon: 'none' });
      wx.navigateBack();
    } catch (error) {
      this.setData({ isBusy: false });
      wx.showToast({ title: textOf(error), icon: 'none' });
    }
  },
});
