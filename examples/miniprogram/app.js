const { BASE_URL } = require('./config.js');
const { createCheckout } = require('./utils/checkout.js');

App({
  onLaunch() {
    this.checkout = createCheckout({ baseUrl: BASE_URL });
    this.checkout.loadMessages();
  },

  /** What the user has chosen and not yet ordered: [{ productId, name, unitFen, quantity }]. */
  cart: [],
});
