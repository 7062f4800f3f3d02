const { BASE_URL } = require('./config.js');
const { createCheckout } = require('./utils/checkout.js');

App({
  onLaunch() {
    this.checkout = createCheckout({ baseUrl: BASE_URL });
    this.checkout.loadMessages();
  },

  /** The chosen items that are not ordered yet: [{ productId, name, unitFen, quantity }]. */
  cart: [],
});
