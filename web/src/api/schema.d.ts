// Made by `npm run build` from the OpenAPI description of the service. Do not edit.

export interface paths {
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the code of wx.login for a token */
        post: operations["AuthController_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the code of the getPhoneNumber button for the phone number, which is kept sealed */
        post: operations["AuthController_exchangePhoneCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["AuthController_showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke this token at once */
        post: operations["AuthController_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The products of the shop, newest first */
        get: operations["CatalogController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One product */
        get: operations["CatalogController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My orders, newest first */
        get: operations["OrderController_list"];
        put?: never;
        /** Place an order: priced by the shop, stock reserved, to be paid before `expiresAt` */
        post: operations["OrderController_place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of my orders */
        get: operations["OrderController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My coupons, newest first: an `id` is the `couponId` of an order */
        get: operations["CouponController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderNo}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What opens the cashier
         * @description Safe to repeat: the same trade type uses the same `out_trade_no`. Another trade type closes the earlier attempt first.
         */
        post: operations["PaymentController_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderNo}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up the order: closed at WeChat first, then here, then the stock returns */
        post: operations["PaymentController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderNo}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask WeChat now: what a client calls when wx.requestPayment succeeded */
        post: operations["PaymentController_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderNo}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The refunds of one of my orders, newest first */
        get: operations["RefundController_list"];
        put?: never;
        /** Ask for money back: the amount is reserved at once, the staff decide */
        post: operations["RefundController_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refunds/{refundNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of my refunds */
        get: operations["RefundController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refunds/{refundNo}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Think better of it, while nobody has decided; the amount is free again */
        post: operations["RefundController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/message-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the subscribe messages that this shop sends; the buyer must agree to each of them first */
        get: operations["MessageTemplatesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderNo}/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the parcels of one of my orders, in the order of shipping */
        get: operations["ShippingController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wechat/notify/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * WeChat's payment notice (v2 XML)
         * @description Answers SUCCESS only when the result is durably applied.
         */
        post: operations["PaymentNotifyController_payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wechat/notify/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * WeChat's refund notice (v2 XML, req_info encrypted)
         * @description Answers SUCCESS only when the result is durably applied.
         */
        post: operations["RefundNotifyController_refund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wechat/notify/app-v1": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** WeChat's payment notice without a body, app protocol of 2014 (v1) */
        get: operations["AppV1NotifyController_get"];
        put?: never;
        /**
         * WeChat's payment notice, app protocol of 2014 (v1)
         * @description The trade is in the query, the payer in an XML body. Answers `success` only when the result is durably applied.
         */
        post: operations["AppV1NotifyController_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wechat/notify/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proves to WeChat that the address belongs to the shop, by returning `echostr` */
        get: operations["MessageNotifyController_handshake"];
        put?: never;
        /**
         * WeChat's messages to the mini-program (XML or JSON, plain or in safe mode)
         * @description Messages about shipping information update the order's shipping details. All other messages are acknowledged and ignored.
         */
        post: operations["MessageNotifyController_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key of this call: whether it works, and for what */
        get: operations["ServerKeyController_showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All orders, newest first */
        get: operations["ServerOrderController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/orders/{orderNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order with its refunds and parcels */
        get: operations["ServerOrderController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/orders/{orderNo}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The refunds of an order, newest first */
        get: operations["ServerOrderController_listRefunds"];
        put?: never;
        /**
         * Give money back: decided and sent at once
         * @description After a time-out the refund may have been made or not: send the very same call again, with the same `Idempotency-Key`, and it is made once.
         */
        post: operations["ServerRefundController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/refunds/{refundNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One refund, and how far it has come */
        get: operations["ServerRefundController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/orders/{orderNo}/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The parcels of an order, and whether WeChat knows of each */
        get: operations["ServerShippingController_list"];
        put?: never;
        /**
         * A parcel has left
         * @description WeChat is told at the next tick. Needs no `Idempotency-Key`: carrier and number are what makes a parcel, so the very same call again is the same parcel, and with `isLast` says that no more follow after all.
         */
        post: operations["ServerShippingController_ship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in as staff */
        post: operations["AdminAuthController_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in as staff, in a browser
         * @description For the console. The token comes as the cookie `wx-checkout-staff`, which no script can read (HttpOnly, SameSite=Strict, Path=/admin/api, Secure in production). Calls that rely on it must carry the header `X-Console`, whatever its value: without it the cookie counts for nothing.
         */
        post: operations["AdminAuthController_createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke this token at once, and the cookie of a browser */
        post: operations["AdminAuthController_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["AdminAuthController_showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my password
         * @description Ends my other sessions at once; this one goes on.
         */
        post: operations["AdminAuthController_changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All kinds of coupons, newest first */
        get: operations["AdminCouponController_list"];
        put?: never;
        /**
         * Make a kind of coupon
         * @description Nobody has one until it is granted.
         */
        post: operations["AdminCouponController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/coupons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One kind of coupon */
        get: operations["AdminCouponController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change any of its fields
         * @description The new terms are those of every coupon of this kind that no order holds, in whosever hands. Placed orders keep their discount. A kind of coupon is ended by an `expiresAt` of the past.
         */
        patch: operations["AdminCouponController_change"];
        trace?: never;
    };
    "/admin/api/coupons/{id}/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand one coupon of this kind to a user
         * @description Every call hands out one more: an `Idempotency-Key` makes sure that a repetition does not.
         */
        post: operations["AdminCouponController_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/messages/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the messages to buyers that are stuck, once their cause is mended */
        post: operations["AdminMessageController_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All orders, newest first */
        get: operations["AdminOrderController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order with its payments and time line */
        get: operations["AdminOrderController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order's time line, newest first */
        get: operations["AdminOrderController_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order's attempts to pay, newest first */
        get: operations["AdminOrderController_payments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order's refunds, newest first */
        get: operations["AdminOrderController_refunds"];
        put?: never;
        /** Give money back of our own accord: decided and sent at once */
        post: operations["AdminRefundController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an unpaid order
         * @description As when its buyer cancels it: closed at WeChat first, then here, then the stock returns. May be repeated.
         */
        post: operations["AdminOrderController_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask WeChat now and apply the answer */
        post: operations["AdminOrderController_query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All products, newest first */
        get: operations["AdminProductController_list"];
        put?: never;
        /** Create a product */
        post: operations["AdminProductController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One product */
        get: operations["AdminProductController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change any of its fields
         * @description Placed orders keep their name and price. `onSale: false` takes a product off sale: pending orders of it can still be paid.
         */
        patch: operations["AdminProductController_change"];
        trace?: never;
    };
    "/admin/api/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All refunds, newest first */
        get: operations["AdminRefundController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One refund with the facts of a decision */
        get: operations["AdminRefundController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide up to 100, each on its own; what is approved is sent at the next tick */
        post: operations["AdminRefundController_decideBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve, in full or less, and send it to WeChat
         * @description The decision counts once and is final; the answer shows what WeChat said, or what the refund waits for.
         */
        post: operations["AdminRefundController_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject, with a reason for the buyer; the amount is free again */
        post: operations["AdminRefundController_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send or query again now, under the same number
         * @description An `ABNORMAL` refund that WeChat has never accepted is sent with a newly composed text. Repeatable.
         */
        post: operations["AdminRefundController_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Abandon an `ABNORMAL` refund that WeChat does not know: it becomes `FAILED`, its amount is free again
         * @description WeChat is asked first. What it knows is applied instead. Without a usable answer nothing changes: try again later.
         */
        post: operations["AdminRefundController_abandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All keys of the shop's own programs, newest first */
        get: operations["ApiKeyController_list"];
        put?: never;
        /**
         * Make a key
         * @description The answer alone shows `key`: it is kept nowhere. Without `expiresAt` it ends after a year.
         */
        post: operations["ApiKeyController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/api-keys/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer for a key
         * @description For a key of an administrator who is disabled or demoted.
         */
        post: operations["ApiKeyController_takeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a key at once, for good */
        post: operations["ApiKeyController_revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The usual carriers by the code that WeChat has for them; any other code may be used too */
        get: operations["AdminShippingController_carriers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The parcels of an order, in the order in which they left */
        get: operations["AdminShippingController_list"];
        put?: never;
        /**
         * A parcel has left
         * @description WeChat is told at the next tick. Safe to repeat: the same carrier and number again is the same parcel, and with `isLast` says that no more follow after all.
         */
        post: operations["AdminShippingController_ship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/shipments/{shipmentNo}/reship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct a parcel after WeChat has all of them
         * @description WeChat allows it once for a payment. What is left out stays.
         */
        post: operations["AdminShippingController_reship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/orders/{orderNo}/shipments/{shipmentNo}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell WeChat again of a parcel that is stuck or was kept back, corrected if that is why
         * @description What is left out stays. An empty object tells the same again.
         */
        post: operations["AdminShippingController_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/users/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Block a buyer
         * @description Ends their sessions at once and refuses their logins, orders and payments. A payment that was made already is applied all the same, and their refunds remain possible. May be repeated.
         */
        post: operations["AdminUserController_block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/users/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unblock a buyer
         * @description They can log in again. May be repeated.
         */
        post: operations["AdminUserController_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What staff did, newest first */
        get: operations["AuditLogController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts of staff, newest first */
        get: operations["StaffController_list"];
        put?: never;
        /** Make an account */
        post: operations["StaffController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/admins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account */
        get: operations["StaffController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change role or password, disable or let in again
         * @description A lower role, a new password and `disabled: true` end every session of this person at once; whoever changes their own account keeps the session they do it with. Disabling or demoting an ADMIN ends the API keys that this person answers for, unless `apiKeys` is `takeOver`; the answer lists them. The last active ADMIN can be neither disabled nor demoted.
         */
        patch: operations["StaffController_change"];
        trace?: never;
    };
    "/admin/api/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was paid and refunded, in all and per day, and how we heard of it */
        get: operations["SummaryController_showSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/to-do": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for a person */
        get: operations["SummaryController_showToDo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is up */
        get: operations["HealthController_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database and session store answer */
        get: operations["HealthController_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description With `METRICS_TOKEN` set, only for `Authorization: Bearer` with that token. See docs/operations.md.
         */
        get: operations["MetricsController_scrape"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        FieldErrorDto: {
            /** @example items.0.quantity */
            field: string;
            message: string;
        };
        ProblemDto: {
            /** @example urn:wx-checkout:problem:OUT_OF_STOCK */
            type: string;
            /** @description English, or Chinese for `Accept-Language: zh-CN`. */
            title: string;
            /** @example 409 */
            status: number;
            /**
             * @description The stable word to switch on.
             * @enum {string}
             */
            code: "VALIDATION_FAILED" | "UNAUTHENTICATED" | "BAD_CREDENTIALS" | "WECHAT_CODE_INVALID" | "FORBIDDEN" | "WECHAT_USER_BLOCKED" | "NOT_FOUND" | "PRODUCT_NOT_FOUND" | "ORDER_NOT_FOUND" | "ADMIN_NOT_FOUND" | "API_KEY_NOT_FOUND" | "REFUND_NOT_FOUND" | "COUPON_NOT_FOUND" | "USER_NOT_FOUND" | "OUT_OF_STOCK" | "PRICE_CHANGED" | "COUPON_NOT_USABLE" | "ORDER_LIMIT_REACHED" | "USER_BLOCKED" | "ORDER_NOT_PAYABLE" | "ORDER_NOT_CANCELLABLE" | "ORDER_NOT_REFUNDABLE" | "REFUND_EXCEEDS_PAYMENT" | "RETURN_NEEDS_ITEMS" | "RETURN_EXCEEDS_ORDER" | "RETURN_NOT_POSSIBLE" | "COUPON_NOT_RETURNABLE" | "REFUND_LIMIT_REACHED" | "REFUND_NOT_DECIDABLE" | "REFUND_KNOWN_TO_WECHAT" | "REFUND_SENT_RECENTLY" | "SHIPMENT_NOT_FOUND" | "ORDER_NOT_SHIPPABLE" | "SHIPMENT_NOT_RETRYABLE" | "RESHIP_TOO_EARLY" | "RESHIP_USED" | "ORDER_BUSY" | "IDEMPOTENCY_KEY_REQUIRED" | "IDEMPOTENCY_KEY_REUSED" | "USERNAME_TAKEN" | "LAST_ADMIN" | "STOCK_CHANGED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "TOO_MANY_REQUESTS" | "TOO_MANY_ATTEMPTS" | "RATE_LIMITED" | "WECHAT_RATE_LIMITED" | "INTERNAL" | "WECHAT_UNAVAILABLE" | "WECHAT_REJECTED" | "SERVICE_UNAVAILABLE";
            detail: string;
            requestId: string;
            /** @description Whether the same call may succeed later. */
            retryable: boolean;
            errors?: components["schemas"]["FieldErrorDto"][];
            /** @description Fen, with `PRICE_CHANGED`: what the goods come to now. */
            totalFen?: number;
            /** @description Fen, with `PRICE_CHANGED`: what is to pay now, where the coupon was looked at. */
            payableFen?: number;
            /** @description WeChat's own error code. */
            upstreamCode?: string;
            /** @description WeChat's own text. */
            upstreamMessage?: string;
        };
        LoginBody: {
            /**
             * @description What `wx.login` gave. Single use, five minutes.
             * @example 0a3xGk000Qh1sN1Vfk100bXyzr4xGk0d
             */
            code: string;
        };
        LoginResponse: {
            /** @description Opaque bearer token. Keep it, send it, show it to nobody. */
            token: string;
            /**
             * @description Seconds until the token dies.
             * @example 7200
             */
            expiresIn: number;
            user?: {
                id: string;
            };
        };
        PhoneBody: {
            /**
             * @description What the `getPhoneNumber` button gave: not the code of `wx.login`. Single use, five minutes.
             * @example e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144
             */
            code: string;
        };
        PhoneResponse: {
            /**
             * @description Masked.
             * @example 138****0000
             */
            phone: string;
        };
        MeResponse: {
            id: string;
            /** @enum {string} */
            scope: "user";
            /** @description Masked, or null when the user has not given it. */
            phone: string | null;
        };
        ProductView: {
            /** @example K7Q2M9XWPA0B3C4D */
            id: string;
            name: string;
            description: string;
            /**
             * @description Fen.
             * @example 1500
             */
            priceFen: number;
            /** @description Pieces that can still be ordered. */
            stock: number;
            imageUrl: string | null;
        };
        OrderLineBody: {
            /** @description A product's `id`. */
            productId: string;
            quantity: number;
        };
        PlaceOrderBody: {
            /** @description Lines of the same product are added up. */
            items: components["schemas"]["OrderLineBody"][];
            /** @description The `id` of one of the user's coupons. */
            couponId?: string;
            remark?: string;
            /** @description Fen: what the buyer was shown for the goods, before any discount (the order's `totalFen`). When the goods come to another amount, nothing is ordered: `PRICE_CHANGED`, with the new `totalFen`. */
            expectedTotalFen?: number;
            /** @description Fen: what the buyer was shown to pay, after the coupon (the order's `payableFen`). It covers a coupon whose value has changed: `PRICE_CHANGED`, with the new `totalFen` and `payableFen`. */
            expectedPayableFen?: number;
        };
        OrderItemView: {
            productId: string;
            name: string;
            /** @description Fen for one piece. */
            unitFen: number;
            quantity: number;
            /** @description Fen: the line's part of the order's discount. The lines add up to `discountFen`. */
            discountFen: number;
            /** @description Fen for all pieces of the line, less its discount. The lines add up to `payableFen`. */
            payableFen: number;
            /** @description Pieces that have returned to stock with a refund, or will when a refund that names them succeeds. */
            returnedQuantity: number;
        };
        OrderView: {
            /** @example 20261121K7Q2M9XWPA0B */
            orderNo: string;
            /** @enum {string} */
            status: "PENDING" | "PAID" | "CLOSED";
            /** @enum {string} */
            refundStatus: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
            totalFen: number;
            discountFen: number;
            /** @description What the user has to pay: total less discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            couponId: string | null;
            remark: string | null;
            /** @description WeChat's number of the payment. */
            transactionId: string | null;
            /** @description `CANCELLED` or `EXPIRED`. */
            closeReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            paidAt: string | null;
            /** Format: date-time */
            closedAt: string | null;
        };
        UserCouponView: {
            id: string;
            /** @example 满 20 减 5 */
            name: string;
            /** @description Fen that it takes off. The last fen of an order is never taken. */
            discountFen: number;
            /** @description Fen that the order's lines must come to, before the discount. 0 for no minimum. */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description No order can be placed with it from then on.
             */
            expiresAt: string;
            /**
             * @description `RESERVED` by an order that is not paid yet, `USED` by one that is, `EXPIRED` without being used.
             * @enum {string}
             */
            status: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
        };
        PayBody: {
            /**
             * @default JSAPI
             * @enum {string}
             */
            tradeType: "JSAPI" | "NATIVE" | "APP" | "MWEB";
        };
        PayView: {
            orderNo: string;
            /** @description WeChat's `out_trade_no` of this attempt. */
            outTradeNo: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description JSAPI: goes straight into `wx.requestPayment` (`appId`, `timeStamp`, `nonceStr`, `package`, `packageValue`, `signType`, `paySign`). NATIVE: `codeUrl`, to be shown as a QR code. APP: goes into the SDK for apps (`appid`, `partnerid`, `prepayid`, `package`, `noncestr`, `timestamp`, `sign`). MWEB: `mwebUrl`, where a mobile browser outside WeChat is sent; good for five minutes, then ask again. */
            requestPayment: {
                [key: string]: string;
            };
        };
        RequestRefundBody: {
            /** @description Fen; by default all that is left of the payment. */
            amountFen?: number;
            reason: string;
            /** @enum {string} */
            reasonCode?: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER";
            /** @description Addresses of pictures. */
            evidence?: string[];
        };
        RefundView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: what was asked for, or what staff approved of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` one waits for.
             * @enum {string|null}
             */
            waitReason: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME" | null;
            rejectReason: string | null;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            decidedAt: string | null;
            /** Format: date-time */
            completedAt: string | null;
        };
        MessageTemplateView: {
            /**
             * @description The event that the message is about
             * @enum {string}
             */
            event: "orderPaid" | "refundApproved" | "refundRejected" | "refundSucceeded" | "refundFailed";
            /** @description For `tmplIds` of wx.requestSubscribeMessage; several events may share one */
            templateId: string;
        };
        MessageTemplateListView: {
            items: components["schemas"]["MessageTemplateView"][];
        };
        ParcelView: {
            /** @enum {string} */
            kind: "EXPRESS" | "SAME_CITY" | "VIRTUAL" | "SELF_PICKUP";
            /** @example SF */
            carrier: string | null;
            trackingNo: string | null;
            /** Format: date-time */
            shippedAt: string;
        };
        OwnKeyView: {
            /** @description Who acts, in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write")[];
            /** @description Fen that may be refunded with it in one Beijing day. */
            maxRefundFenPerDay: number;
            /** Format: date-time */
            expiresAt: string | null;
        };
        ServerRefundView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: what was asked for, or what staff approved of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` one waits for.
             * @enum {string|null}
             */
            waitReason: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME" | null;
            rejectReason: string | null;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            decidedAt: string | null;
            /** Format: date-time */
            completedAt: string | null;
            /** @description The payment that is given back. */
            outTradeNo: string;
            /** @description WeChat's number of the payment. */
            transactionId: string;
            /** @description WeChat's number of the refund. */
            wechatRefundId: string | null;
            /** @description The member of staff's id, or the key's. */
            decidedBy: string | null;
            /** @description WeChat's last refusal. */
            errorCode: string | null;
        };
        ShipmentView: {
            /** @enum {string} */
            kind: "EXPRESS" | "SAME_CITY" | "VIRTUAL" | "SELF_PICKUP";
            /** @example SF */
            carrier: string | null;
            trackingNo: string | null;
            /** Format: date-time */
            shippedAt: string;
            /** @description 1, 2, 3 … within the order. */
            shipmentNo: number;
            itemDesc: string;
            /** @example 138****8000 */
            receiverContact: string | null;
            /** @description The order is complete with this parcel. */
            isLast: boolean;
            /** @description Corrected after the order was complete: the payment's one re-ship. */
            isReship: boolean;
            /**
             * @description WAITING to be uploaded to WeChat, UPLOADED, STUCK (needs attention), KEPT (not uploaded to WeChat).
             * @enum {string}
             */
            state: "WAITING" | "UPLOADED" | "STUCK" | "KEPT";
            /** @description WeChat's errcode while the parcel is not uploaded. */
            errorCode: string | null;
            errorMessage: string | null;
            /** @description The user who reported it. */
            shippedBy: string;
            /** Format: date-time */
            uploadedAt: string | null;
        };
        ServerOrderView: {
            /** @example 20261121K7Q2M9XWPA0B */
            orderNo: string;
            /** @enum {string} */
            status: "PENDING" | "PAID" | "CLOSED";
            /** @enum {string} */
            refundStatus: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
            totalFen: number;
            discountFen: number;
            /** @description What the user has to pay: total less discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            couponId: string | null;
            remark: string | null;
            /** @description WeChat's number of the payment. */
            transactionId: string | null;
            /** @description `CANCELLED` or `EXPIRED`. */
            closeReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            paidAt: string | null;
            /** Format: date-time */
            closedAt: string | null;
            userId: string;
            /** @description The newest 50, in the order in which they were asked for. */
            refunds: components["schemas"]["ServerRefundView"][];
            /** @description How many there are of `refunds`, shown here or not. */
            refundsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /server/api/orders/{orderNo}/refunds`. Null when all are shown. */
            refundsNextCursor: string | null;
            /** @description The first 100 parcels, in the order in which they left. */
            shipments: components["schemas"]["ShipmentView"][];
            /** @description How many there are of `shipments`, shown here or not. */
            shipmentsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /server/api/orders/{orderNo}/shipments`. Null when all are shown. */
            shipmentsNextCursor: string | null;
        };
        ReturnItemBody: {
            /** @description A product's `id`, as in the order's `items`. */
            productId: string;
            quantity: number;
        };
        CreateMerchantRefundBody: {
            /** @description For the staff alone. */
            note?: string;
            /** @description True: everything that is left of the order returns to stock; only with a full refund of an order of which nothing was shipped (`RETURN_NEEDS_ITEMS`). False: nothing returns. By default everything that is left returns once all of the money is back, unless something was shipped. Not together with `returnItems`. */
            returnStock?: boolean;
            /** @description The pieces that return to stock when this refund succeeds, whatever its amount; never more than were sold and have not returned (`RETURN_EXCEEDS_ORDER`). They are reserved at once and free again if the refund fails. An empty list: nothing returns. */
            returnItems?: components["schemas"]["ReturnItemBody"][];
            /** @description Whether the coupon of the order returns to the buyer once all of the money is back; by default it does unless something was shipped. True is for a full refund of an order with a coupon (`COUPON_NOT_RETURNABLE`). */
            returnCoupon?: boolean;
            amountFen: number;
            /** @description The payer reads it. */
            reason: string;
        };
        ShipBody: {
            /** @enum {string} */
            kind: "EXPRESS" | "SAME_CITY" | "VIRTUAL" | "SELF_PICKUP";
            /**
             * @description WeChat's code for the carrier; required with EXPRESS. With SAME_CITY any name, such as 闪送.
             * @example SF
             */
            carrier?: string;
            /**
             * @description Required with EXPRESS.
             * @example SF1234567890123
             */
            trackingNo?: string;
            /** @description The content; by default the order's items. */
            itemDesc?: string;
            /**
             * @description The receiver's phone number, plain or masked; stored masked. Required by SF Express.
             * @example 138****8000
             */
            receiverContact?: string;
            /**
             * @description False while more parcels follow, with EXPRESS only. WeChat releases the money only after the last parcel.
             * @default true
             */
            isLast: boolean;
        };
        AdminLoginBody: {
            username: string;
            /** Format: password */
            password: string;
        };
        AdminView: {
            id: string;
            username: string;
            /** @enum {string} */
            role: "VIEWER" | "OPERATOR" | "ADMIN";
        };
        AdminLoginResponse: {
            token: string;
            /** @description Seconds until the token dies. */
            expiresIn: number;
            admin: components["schemas"]["AdminView"];
        };
        ConsoleSessionResponse: {
            /** @description Seconds until the token dies. */
            expiresIn: number;
            admin: components["schemas"]["AdminView"];
        };
        ChangePasswordBody: {
            /** Format: password */
            oldPassword: string;
            /** Format: password */
            newPassword: string;
        };
        AdminCouponView: {
            id: string;
            /** @example 满 20 减 5 */
            name: string;
            /** @description Fen that it takes off. The last fen of an order is never taken. */
            discountFen: number;
            /** @description Fen that the order's lines must come to, before the discount. 0 for no minimum. */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description No order can be placed with it from then on.
             */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
            /** @description How many were handed out. */
            grantedCount: number;
            /** @description How many of them are used: held by a paid order. */
            usedCount: number;
        };
        NewCouponBody: {
            name: string;
            /** @description Fen that it takes off. */
            discountFen: number;
            /**
             * @description Fen that the lines must come to.
             * @default 0
             */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description An instant, or a day, which begins at midnight in Beijing. Of the past: the coupon can no longer be used.
             */
            expiresAt: string;
        };
        CouponChangeBody: {
            name?: string;
            /** @description Fen. Orders placed before keep their discount. */
            discountFen?: number;
            /** @description Fen that the lines must come to. */
            minSpendFen?: number;
            /**
             * Format: date-time
             * @description An instant, or a day, which begins at midnight in Beijing. Of the past: the coupon can no longer be used.
             */
            expiresAt?: string;
        };
        GrantCouponBody: {
            /** @description The user's `id`: `userId` of an order. */
            userId: string;
        };
        GrantedCouponView: {
            id: string;
            /** @example 满 20 减 5 */
            name: string;
            /** @description Fen that it takes off. The last fen of an order is never taken. */
            discountFen: number;
            /** @description Fen that the order's lines must come to, before the discount. 0 for no minimum. */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description No order can be placed with it from then on.
             */
            expiresAt: string;
            /**
             * @description `RESERVED` by an order that is not paid yet, `USED` by one that is, `EXPIRED` without being used.
             * @enum {string}
             */
            status: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
            /** @description The kind that it is of. */
            couponId: string;
            userId: string;
            /** Format: date-time */
            grantedAt: string;
        };
        RetriedView: {
            /** @description Messages that are tried again; those older than a day are dropped */
            retried: number;
        };
        PaymentView: {
            outTradeNo: string;
            /** @enum {string} */
            tradeType: "JSAPI" | "NATIVE" | "APP" | "MWEB";
            /** @enum {string} */
            status: "CREATED" | "PREPAID" | "PAID" | "CLOSED";
            amountFen: number;
            /** @description Fen that came when the order was closed or paid already. It stays after the refund. */
            owedBackFen: number;
            /**
             * @description What becomes of `owedBackFen`. `IN_PROGRESS`: refunded automatically. `NEEDS_ATTENTION`: a person must act.
             * @enum {string}
             */
            refundDueState: "NONE" | "IN_PROGRESS" | "REFUNDED" | "NEEDS_ATTENTION";
            /** @description Fen of `owedBackFen` that are neither refunded nor on their way. */
            refundDueLeftFen: number;
            transactionId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            paidAt: string | null;
            /** Format: date-time */
            closedAt: string | null;
        };
        ReturnItemView: {
            productId: string;
            quantity: number;
        };
        AdminRefundView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: what was asked for, or what staff approved of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` one waits for.
             * @enum {string|null}
             */
            waitReason: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME" | null;
            rejectReason: string | null;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            decidedAt: string | null;
            /** Format: date-time */
            completedAt: string | null;
            userId: string;
            /** @description Fen asked for; `amountFen` is less when staff approved less. */
            requestedFen: number;
            outTradeNo: string;
            /** @description WeChat's number of the payment. */
            transactionId: string;
            /** @description WeChat's number of the refund. */
            wechatRefundId: string | null;
            /** @description Money beyond what the order cost, such as a second payment. */
            isSurplus: boolean;
            note: string | null;
            /** @description True: the whole order returns to stock. False: nothing but `returnItems`. Null: what is left of the order returns when all of the money is back and nothing was shipped. */
            returnStock: boolean | null;
            /** @description Pieces that return to stock with it: reserved when it is decided, back when it succeeds. */
            returnItems: components["schemas"]["ReturnItemView"][];
            /** @description Whether the coupon returns when all of the money is back. Null: it does when nothing was shipped. */
            returnCoupon: boolean | null;
            /** @description The member of staff's id. */
            decidedBy: string | null;
            /** @description How often it was sent to WeChat, always under the same number. */
            sendCount: number;
            /** @description WeChat's last refusal. */
            errorCode: string | null;
            errorMessage: string | null;
            /**
             * Format: date-time
             * @description When WeChat took it on.
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it is sent or asked about next.
             */
            nextCheckAt: string | null;
        };
        SettlementView: {
            /**
             * Format: date-time
             * @description When WeChat reminded the shop to ship.
             */
            remindedAt: string | null;
            /**
             * Format: date-time
             * @description When the receipt was confirmed.
             */
            confirmedAt: string | null;
            /**
             * Format: date-time
             * @description When WeChat expects to release the money.
             */
            settlementExpectedAt: string | null;
            /**
             * Format: date-time
             * @description When WeChat released the money.
             */
            settledAt: string | null;
            /**
             * Format: date-time
             * @description When the one re-ship was used.
             */
            reshippedAt: string | null;
        };
        EventView: {
            /** Format: date-time */
            at: string;
            /** @example NOTICE */
            type: string;
            /** @example Payment notice refused: the amount does not match (1 fen, transaction 4200…) */
            text: string;
            /**
             * @description `result`, `outTradeNo` and the facts of the event, such as `refundNo`, `amountFen` or `errorCode`. `detail` is null, or an English sentence of an event from before there were facts.
             * @example {
             *       "result": "AMOUNT_MISMATCH",
             *       "outTradeNo": "20261130…-1",
             *       "detail": null,
             *       "amountFen": 1
             *     }
             */
            data: {
                [key: string]: unknown;
            };
        };
        RefusedNoticesView: {
            /** @enum {string} */
            kind: "payment" | "refund" | "message";
            /**
             * @description Why they were refused.
             * @example BAD_SIGNATURE
             */
            result: string;
            /** @description The payment that they claim to be about. */
            outTradeNo: string;
            count: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
        };
        AdminOrderView: {
            /** @example 20261121K7Q2M9XWPA0B */
            orderNo: string;
            /** @enum {string} */
            status: "PENDING" | "PAID" | "CLOSED";
            /** @enum {string} */
            refundStatus: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
            totalFen: number;
            discountFen: number;
            /** @description What the user has to pay: total less discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            couponId: string | null;
            remark: string | null;
            /** @description WeChat's number of the payment. */
            transactionId: string | null;
            /** @description `CANCELLED` or `EXPIRED`. */
            closeReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            paidAt: string | null;
            /** Format: date-time */
            closedAt: string | null;
            userId: string;
            /**
             * Format: date-time
             * @description When staff blocked the buyer.
             */
            userBlockedAt: string | null;
            /** @description Fen that refunds have reserved: they wait for a decision, or are not final yet. */
            reservedFen: number;
            /** @description The most that one more refund may be, in fen: neither refunded nor reserved. */
            refundableFen: number;
            /** @description The newest 100, in the order in which they began. */
            payments: components["schemas"]["PaymentView"][];
            /** @description How many there are of `payments`, shown here or not. */
            paymentsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/orders/{orderNo}/payments`. Null when all are shown. */
            paymentsNextCursor: string | null;
            /** @description The newest 50, in the order in which they were asked for. */
            refunds: components["schemas"]["AdminRefundView"][];
            /** @description How many there are of `refunds`, shown here or not. */
            refundsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/orders/{orderNo}/refunds`. Null when all are shown. */
            refundsNextCursor: string | null;
            /**
             * Format: date-time
             * @description Its last parcel left.
             */
            shippedAt: string | null;
            /** @description The first 100 parcels, in the order in which they left. */
            shipments: components["schemas"]["ShipmentView"][];
            /** @description How many there are of `shipments`, shown here or not. */
            shipmentsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/orders/{orderNo}/shipments`. Null when all are shown. */
            shipmentsNextCursor: string | null;
            /** @description What WeChat says of the order's shipping. */
            settlement: components["schemas"]["SettlementView"];
            /**
             * Format: date-time
             * @description Until when WeChat wants it shipped: 48 hours after the payment. Null when there is nothing to ship.
             */
            shipBy: string | null;
            /** @description The newest 100 lines of the time line, in order. */
            events: components["schemas"]["EventView"][];
            /** @description How many there are of `events`, shown here or not. */
            eventsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/orders/{orderNo}/events`. Null when all are shown. */
            eventsNextCursor: string | null;
            /** @description At most 50, those of the newest notices first. */
            refusedNotices: components["schemas"]["RefusedNoticesView"][];
            /** @description How many there are of `refusedNotices`, shown here or not. */
            refusedNoticesCount: number;
        };
        AdminProductView: {
            /** @example K7Q2M9XWPA0B3C4D */
            id: string;
            name: string;
            description: string;
            /**
             * @description Fen.
             * @example 1500
             */
            priceFen: number;
            /** @description Pieces that can still be ordered. */
            stock: number;
            imageUrl: string | null;
            /** @description False: buyers do not see it and cannot order it. Stock stays what it is. */
            onSale: boolean;
        };
        NewProductBody: {
            name: string;
            /** @default  */
            description: string;
            /** @description Fen. */
            priceFen: number;
            /** @description Pieces that can be ordered. */
            stock: number;
            /** @description http or https; empty for none. */
            imageUrl?: string;
            /**
             * @description False: buyers do not see it and cannot order it.
             * @default true
             */
            onSale: boolean;
        };
        ProductChangeBody: {
            name?: string;
            description?: string;
            /** @description Fen. Orders placed before keep their price. */
            priceFen?: number;
            /** @description Pieces that can be ordered from the moment of this call on. Those reserved by orders are not among them: an order placed at the same time keeps its pieces, and gives them back on top of this number when it closes. */
            stock?: number;
            /** @description The `stock` that was on the screen: when orders have changed it since, `STOCK_CHANGED` and no change. */
            expectedStock?: number;
            /** @description http or https; empty for none. */
            imageUrl?: string;
            /** @description False: buyers do not see it and cannot order it. Stock and existing orders stay as they are. */
            onSale?: boolean;
        };
        RefundDecisionContext: {
            /** @description What was paid in the payment this refund is of. */
            paidFen: number;
            /** @description What has gone back of it. */
            refundedFen: number;
            /** @description What other refunds of it have reserved or are on their way with. */
            reservedFen: number;
            /** @description What would be left if this refund were paid in full. */
            remainingFen: number;
            /** @description Refunds of this payment so far, this one included; WeChat takes 50. */
            refundCount: number;
            /** @description Seconds since the payment. */
            secondsSincePayment: number | null;
            /** @description Approving it in full gives back all that is left of the order: only then may `returnStock` be true. */
            isFull: boolean;
        };
        RefundCouponView: {
            /** @description The order's `couponId`. */
            id: string;
            name: string;
            /** @description Fen: what it is worth. */
            discountFen: number;
            /** @description Fen that an order must come to. */
            minSpendFen: number;
            /** Format: date-time */
            expiresAt: string;
            /** @description The order holds it; false when it has returned to the buyer. */
            isHeld: boolean;
        };
        AdminRefundDetailView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: what was asked for, or what staff approved of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` one waits for.
             * @enum {string|null}
             */
            waitReason: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME" | null;
            rejectReason: string | null;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            decidedAt: string | null;
            /** Format: date-time */
            completedAt: string | null;
            userId: string;
            /** @description Fen asked for; `amountFen` is less when staff approved less. */
            requestedFen: number;
            outTradeNo: string;
            /** @description WeChat's number of the payment. */
            transactionId: string;
            /** @description WeChat's number of the refund. */
            wechatRefundId: string | null;
            /** @description Money beyond what the order cost, such as a second payment. */
            isSurplus: boolean;
            note: string | null;
            /** @description True: the whole order returns to stock. False: nothing but `returnItems`. Null: what is left of the order returns when all of the money is back and nothing was shipped. */
            returnStock: boolean | null;
            /** @description Pieces that return to stock with it: reserved when it is decided, back when it succeeds. */
            returnItems: components["schemas"]["ReturnItemView"][];
            /** @description Whether the coupon returns when all of the money is back. Null: it does when nothing was shipped. */
            returnCoupon: boolean | null;
            /** @description The member of staff's id. */
            decidedBy: string | null;
            /** @description How often it was sent to WeChat, always under the same number. */
            sendCount: number;
            /** @description WeChat's last refusal. */
            errorCode: string | null;
            errorMessage: string | null;
            /**
             * Format: date-time
             * @description When WeChat took it on.
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it is sent or asked about next.
             */
            nextCheckAt: string | null;
            order: components["schemas"]["OrderView"];
            facts: components["schemas"]["RefundDecisionContext"];
            /**
             * Format: date-time
             * @description The order's last parcel left.
             */
            shippedAt: string | null;
            /** @description The order's first 100 parcels. Once there is one, nothing returns by default. */
            shipments: components["schemas"]["ShipmentView"][];
            /** @description How many there are of `shipments`, shown here or not. */
            shipmentsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/orders/{orderNo}/shipments`. Null when all are shown. */
            shipmentsNextCursor: string | null;
            /** @description What WeChat reports of the order's shipping. */
            settlement: components["schemas"]["SettlementView"];
            /** @description The coupon that the order was placed with. */
            coupon: components["schemas"]["RefundCouponView"] | null;
            /** @description The newest 50 of the order's other refunds, in the order in which they were asked for. */
            parts: components["schemas"]["RefundView"][];
            /** @description How many there are of `parts`, shown here or not. */
            partsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/refunds?orderNo=`. Null when all are shown. */
            partsNextCursor: string | null;
            /** @description The newest 50 of the user's other refunds of the last 90 days, of all their orders. */
            userRefunds: components["schemas"]["RefundView"][];
            /** @description How many there are of `userRefunds`, shown here or not. */
            userRefundsCount: number;
            /** @description The `cursor` for the rows that are not shown here, at `GET /admin/api/refunds?userId=`. Null when all are shown. */
            userRefundsNextCursor: string | null;
        };
        RefundBatchBody: {
            /** @enum {string} */
            action: "approve" | "reject";
            refundNos: string[];
            /** @description Needed to reject. */
            reason?: string;
        };
        RefundBatchRow: {
            refundNo: string;
            ok: boolean;
            /** @example REFUND_NOT_DECIDABLE */
            code?: string;
        };
        RefundBatchResponse: {
            /** @description Each is decided on its own, in the order given. */
            items: components["schemas"]["RefundBatchRow"][];
        };
        ApproveRefundBody: {
            /** @description Fen; less than was asked for frees the rest. */
            amountFen?: number;
            /** @description For the staff alone. */
            note?: string;
            /** @description True: everything that is left of the order returns to stock; only with a full refund of an order of which nothing was shipped (`RETURN_NEEDS_ITEMS`). False: nothing returns. By default everything that is left returns once all of the money is back, unless something was shipped. Not together with `returnItems`. */
            returnStock?: boolean;
            /** @description The pieces that return to stock when this refund succeeds, whatever its amount; never more than were sold and have not returned (`RETURN_EXCEEDS_ORDER`). They are reserved at once and free again if the refund fails. An empty list: nothing returns. */
            returnItems?: components["schemas"]["ReturnItemBody"][];
            /** @description Whether the coupon of the order returns to the buyer once all of the money is back; by default it does unless something was shipped. True is for a full refund of an order with a coupon (`COUPON_NOT_RETURNABLE`). */
            returnCoupon?: boolean;
        };
        RejectRefundBody: {
            /** @description The buyer reads it. */
            reason: string;
        };
        AbandonRefundBody: {
            /** @description Why the refund is given up. For the staff alone. */
            note: string;
        };
        ResponsibleAdminView: {
            id: string;
            username: string;
        };
        OwnedApiKeyView: {
            /** @description Who acts, in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            /**
             * @description How the key begins.
             * @example wxk_live_K7Q2M9XWPA0B4D1E
             */
            prefix: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write")[];
            /** @enum {string} */
            status: "ACTIVE" | "EXPIRED" | "REVOKED";
            /** @description Fen that may be refunded with it in one Beijing day. */
            maxRefundFenPerDay: number;
            /** @description The name of whoever made it, as it was then. */
            createdBy: string;
            /** @description The account of whoever made it. */
            createdById: string | null;
            /** @description The account that answers for it. */
            responsibleId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description The administrator who answers for it: who made it, or who took it over last. */
            responsible: components["schemas"]["ResponsibleAdminView"] | null;
            /** @description True for a live key whose responsible account is disabled or is no ADMIN any longer: revoke it or take it over. */
            isOrphaned: boolean;
        };
        NewApiKeyBody: {
            /** @description What it is for. Letters of any script, digits, ` . _ @ + -`. */
            name: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write")[];
            /**
             * @description Fen that may be refunded with it in one Beijing day: a key that leaks must not empty the account.
             * @default 1000000
             */
            maxRefundFenPerDay: number;
            /**
             * Format: date-time
             * @description By default a year from now.
             */
            expiresAt?: string;
        };
        NewApiKeyView: {
            /** @description Who acts, in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            /**
             * @description How the key begins.
             * @example wxk_live_K7Q2M9XWPA0B4D1E
             */
            prefix: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write")[];
            /** @enum {string} */
            status: "ACTIVE" | "EXPIRED" | "REVOKED";
            /** @description Fen that may be refunded with it in one Beijing day. */
            maxRefundFenPerDay: number;
            /** @description The name of whoever made it, as it was then. */
            createdBy: string;
            /** @description The account of whoever made it. */
            createdById: string | null;
            /** @description The account that answers for it. */
            responsibleId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description The key itself. It is shown now and never again. */
            key: string;
        };
        ApiKeyView: {
            /** @description Who acts, in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            /**
             * @description How the key begins.
             * @example wxk_live_K7Q2M9XWPA0B4D1E
             */
            prefix: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write")[];
            /** @enum {string} */
            status: "ACTIVE" | "EXPIRED" | "REVOKED";
            /** @description Fen that may be refunded with it in one Beijing day. */
            maxRefundFenPerDay: number;
            /** @description The name of whoever made it, as it was then. */
            createdBy: string;
            /** @description The account of whoever made it. */
            createdById: string | null;
            /** @description The account that answers for it. */
            responsibleId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
        };
        CarrierView: {
            /** @example SF */
            code: string;
            /** @example SF Express */
            name: string;
            /** @example 顺丰速运 */
            nameZh: string;
        };
        CorrectParcelBody: {
            /**
             * @description WeChat's code for the carrier; required with EXPRESS. With SAME_CITY any name, such as 闪送.
             * @example SF
             */
            carrier?: string;
            /**
             * @description Required with EXPRESS.
             * @example SF1234567890123
             */
            trackingNo?: string;
            /** @description The content; by default the order's items. */
            itemDesc?: string;
            /**
             * @description The receiver's phone number, plain or masked; stored masked. Required by SF Express.
             * @example 138****8000
             */
            receiverContact?: string;
        };
        AdminUserView: {
            id: string;
            /**
             * Format: date-time
             * @description Null when not blocked.
             */
            blockedAt: string | null;
            /**
             * Format: date-time
             * @description The first login.
             */
            createdAt: string;
        };
        AuditActorView: {
            id: string;
            /** @description The name at that time. */
            username: string;
        };
        AuditView: {
            id: number;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["AuditActorView"];
            /** @example refund.approve */
            action: string;
            /** @description The number or id of what was changed. */
            subject: string;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
            /** @example 203.0.113.7 */
            ip: string;
        };
        StaffView: {
            id: string;
            username: string;
            /** @enum {string} */
            role: "VIEWER" | "OPERATOR" | "ADMIN";
            disabled: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        NewStaffBody: {
            /** @description Letters of any script, digits and `. _ @ + -`. */
            username: string;
            /** Format: password */
            password: string;
            /** @enum {string} */
            role: "VIEWER" | "OPERATOR" | "ADMIN";
        };
        StaffChangeBody: {
            /**
             * @description A lower role ends the sessions of this person.
             * @enum {string}
             */
            role?: "VIEWER" | "OPERATOR" | "ADMIN";
            /**
             * Format: password
             * @description Ends their sessions.
             */
            password?: string;
            /** @description True ends their sessions, and lets them in no more. */
            disabled?: boolean;
            /**
             * @description What becomes of the live API keys that this account answers for when it is disabled or demoted below ADMIN: they end, or you answer for them. This person may know them, so they end when nothing is said.
             * @enum {string}
             */
            apiKeys?: "revoke" | "takeOver";
        };
        ChangedStaffView: {
            id: string;
            username: string;
            /** @enum {string} */
            role: "VIEWER" | "OPERATOR" | "ADMIN";
            disabled: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description The API keys that were revoked or taken over with it, as they are now. */
            apiKeys: components["schemas"]["ApiKeyView"][];
        };
        SummaryDay: {
            /** @description Fen that WeChat took for us, also what came too late or twice. */
            paidFen: number;
            paidCount: number;
            /** @description Fen that are back with their payers, by the day on which WeChat said so. */
            refundedFen: number;
            refundedCount: number;
            /** @description `paidFen` less `refundedFen`. */
            netFen: number;
            /**
             * @description A day of Beijing.
             * @example 2026-11-21
             */
            date: string;
        };
        PaymentAttemptCounts: {
            /** @description Attempts to pay that were begun in this time. */
            started: number;
            /** @description Of these, paid. */
            paid: number;
            /** @description Of these, not yet decided: the user may be paying. */
            open: number;
        };
        ResultSourceCounts: {
            /** @description How many payments this is about: the latest 1,000 of this time at most. */
            payments: number;
            /** @description Of these, heard of first by a notice of WeChat. */
            byNotice: number;
            /** @description Of these, heard of first because we asked: without orderquery they would have been lost. */
            byQuery: number;
            /** @description Milliseconds from the payment to its notice, the middle one. */
            medianNoticeDelayMs: number | null;
        };
        SummaryView: {
            /** @description Fen that WeChat took for us, also what came too late or twice. */
            paidFen: number;
            paidCount: number;
            /** @description Fen that are back with their payers, by the day on which WeChat said so. */
            refundedFen: number;
            refundedCount: number;
            /** @description `paidFen` less `refundedFen`. */
            netFen: number;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Refunds that wait for a decision now, whatever the time asked about. */
            pendingRefunds: number;
            pendingRefundFen: number;
            /** @description The days on which money moved, in order. */
            days: components["schemas"]["SummaryDay"][];
            attempts: components["schemas"]["PaymentAttemptCounts"];
            heard: components["schemas"]["ResultSourceCounts"];
        };
        PendingRefundCount: {
            count: number;
            amountFen: number;
            /**
             * Format: date-time
             * @description When the one that waits longest was asked for.
             */
            oldestAt: string | null;
        };
        RefundCount: {
            count: number;
            amountFen: number;
        };
        ContradictedOrderView: {
            orderNo: string;
            /**
             * @description The result of the newest event that contradicts.
             * @example AMOUNT_MISMATCH
             */
            result: string;
            /** Format: date-time */
            at: string;
        };
        ContradictionsView: {
            /** @description Orders; `GET /admin/api/orders?problem=contradiction` lists them. */
            count: number;
            /** @description The newest first, at most ten. */
            orders: components["schemas"]["ContradictedOrderView"][];
        };
        OrderToShipView: {
            orderNo: string;
            /**
             * Format: date-time
             * @description 48 hours after the payment.
             */
            shipBy: string;
        };
        OrderNoView: {
            orderNo: string;
        };
        ShippingToDoView: {
            /** @description Paid orders that have not been shipped whole. */
            count: number;
            /** @description Of them, those whose 48 hours are over. */
            overdueCount: number;
            /** @description Those whose time is up first, at most ten. */
            first: components["schemas"]["OrderToShipView"][];
            /** @description Parcels of which WeChat refuses to hear: a person must look. */
            stuckUploads: number;
            /** @description Their orders, at most ten. */
            stuck: components["schemas"]["OrderNoView"][];
            /**
             * Format: date-time
             * @description When WeChat last warned the mini-program as a whole; null when it has not for a week.
             */
            warnedAt: string | null;
        };
        ToDoView: {
            /** @description Refunds that wait for a decision. */
            waiting: components["schemas"]["PendingRefundCount"];
            /** @description `ABNORMAL`: only a person can go on. */
            abnormal: components["schemas"]["RefundCount"];
            /** @description `FAILED` within the last 30 days, while no later refunds of the order cover them: `?status=FAILED&unresolved=true`. */
            failed: components["schemas"]["RefundCount"];
            /** @description Orders about which WeChat said within the last 30 days what contradicts our records. */
            contradictions: components["schemas"]["ContradictionsView"];
            /** @description `UNKNOWN_OUTCOME` for more than ten minutes since the decision. */
            unknown: components["schemas"]["RefundCount"];
            /** @description `NOT_ENOUGH_FUNDS`: they go out once the account is filled. */
            outOfFunds: components["schemas"]["RefundCount"];
            /** @description Refunds that the shop began by itself since midnight in Beijing. */
            automaticToday: components["schemas"]["RefundCount"];
            /** @description Messages to buyers that a mistake in the configuration keeps from going out. */
            stuckMessages: number;
            /** @description Null with SHIPPING_UPLOAD=off. */
            shipping: components["schemas"]["ShippingToDoView"] | null;
            /** @description Whole days that the merchant certificate is good for; null without one. */
            certificateDaysLeft: number | null;
            /**
             * Format: date-time
             * @description When WeChat last called us.
             */
            lastNoticeAt: string | null;
            /**
             * Format: date-time
             * @description The shop's clock, which times above are of.
             */
            now: string;
            /** @enum {string} */
            wechatMode: "simulator" | "live";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    AuthController_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_CODE_INVALID` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_USER_BLOCKED`, `USER_BLOCKED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_RATE_LIMITED`, `TOO_MANY_REQUESTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AuthController_exchangePhoneCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhoneBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneResponse"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED`, `WECHAT_CODE_INVALID` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_USER_BLOCKED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_RATE_LIMITED`, `TOO_MANY_REQUESTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AuthController_showMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeResponse"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AuthController_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    CatalogController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProductView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    CatalogController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /** @description `PRODUCT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    OrderController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` is the moment at which it begins in Beijing. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` is the moment at which it begins in Beijing, so that the day itself is not included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OrderView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    OrderController_place: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable ASCII characters. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceOrderBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `USER_BLOCKED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `PRODUCT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `OUT_OF_STOCK`, `ORDER_LIMIT_REACHED`, `COUPON_NOT_USABLE`, `PRICE_CHANGED`, `IDEMPOTENCY_KEY_REUSED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    OrderController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    CouponController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UserCouponView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    PaymentController_pay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `USER_BLOCKED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_PAYABLE`, `ORDER_BUSY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `RATE_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE`, `WECHAT_REJECTED` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    PaymentController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_CANCELLABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `RATE_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    PaymentController_sync: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `RATE_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    RefundController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RefundView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    RefundController_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable ASCII characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestRefundBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `REFUND_LIMIT_REACHED`, `IDEMPOTENCY_KEY_REUSED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `RATE_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    RefundController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    RefundController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_DECIDABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `RATE_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    MessageTemplatesController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageTemplateListView"];
                };
            };
        };
    };
    ShippingController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ParcelView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    PaymentNotifyController_payment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description SUCCESS, or FAIL with a reason, in one line of XML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    RefundNotifyController_refund: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description SUCCESS, or FAIL with a reason, in one line of XML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    AppV1NotifyController_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description success or fail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "success" | "fail";
                };
            };
            /** @description `NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AppV1NotifyController_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description success or fail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "success" | "fail";
                };
            };
            /** @description `NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    MessageNotifyController_handshake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `echostr`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Not signed with the configured token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    MessageNotifyController_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `success`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The message is refused; the body gives the reason in one word. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerKeyController_showMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnKeyView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerOrderController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` is the moment at which it begins in Beijing. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` is the moment at which it begins in Beijing, so that the day itself is not included. */
                to?: string;
                refundStatus?: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
                /** @description `unshipped`: paid, with money left, and not all of its parcels have left. */
                shipping?: "unshipped" | "shipped";
                /** @description `contradiction`: WeChat said within the last 30 days what contradicts our records, as counted in `to-do`. */
                problem?: "contradiction";
                /** @description Any number a person may hold: orderNo, outTradeNo, transactionId, refundNo, WeChat's refund id. */
                q?: string;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OrderView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerOrderController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerOrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerOrderController_listRefunds: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ServerRefundView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerRefundController_create: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 64 printable ASCII characters, remembered for a week. */
                "Idempotency-Key": string;
            };
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMerchantRefundBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerRefundView"];
                };
            };
            /** @description `VALIDATION_FAILED`, `IDEMPOTENCY_KEY_REQUIRED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `REFUND_LIMIT_REACHED`, `IDEMPOTENCY_KEY_REUSED`, `RETURN_NEEDS_ITEMS`, `RETURN_EXCEEDS_ORDER`, `RETURN_NOT_POSSIBLE`, `COUPON_NOT_RETURNABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerRefundController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerRefundView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerShippingController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ShipmentView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ServerShippingController_ship: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShipBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_SHIPPABLE`, `ORDER_BUSY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminAuthController_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminLoginBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminLoginResponse"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `BAD_CREDENTIALS` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminAuthController_createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminLoginBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSessionResponse"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `BAD_CREDENTIALS` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminAuthController_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminAuthController_showMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminAuthController_changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordBody"];
            };
        };
        responses: {
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED`, `BAD_CREDENTIALS` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminCouponController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description A coupon's `id`, or a part of its name. */
                q?: string;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminCouponView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminCouponController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCouponBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminCouponView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminCouponController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminCouponView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `COUPON_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminCouponController_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CouponChangeBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminCouponView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `COUPON_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminCouponController_grant: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable ASCII characters. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCouponBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantedCouponView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `COUPON_NOT_FOUND`, `USER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminMessageController_retry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` is the moment at which it begins in Beijing. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` is the moment at which it begins in Beijing, so that the day itself is not included. */
                to?: string;
                refundStatus?: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
                /** @description `unshipped`: paid, with money left, and not all of its parcels have left. */
                shipping?: "unshipped" | "shipped";
                /** @description `contradiction`: WeChat said within the last 30 days what contradicts our records, as counted in `to-do`. */
                problem?: "contradiction";
                /** @description Any number a person may hold: orderNo, outTradeNo, transactionId, refundNo, WeChat's refund id. */
                q?: string;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OrderView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminOrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_events: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                withTotal?: boolean;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EventView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_payments: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                withTotal?: boolean;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PaymentView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_refunds: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                withTotal?: boolean;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminRefundView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_create: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 64 printable ASCII characters, remembered for a week: with the same one it is the same refund. */
                "Idempotency-Key": string;
            };
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMerchantRefundBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRefundView"];
                };
            };
            /** @description `VALIDATION_FAILED`, `IDEMPOTENCY_KEY_REQUIRED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `IDEMPOTENCY_KEY_REUSED`, `RETURN_NEEDS_ITEMS`, `RETURN_EXCEEDS_ORDER`, `RETURN_NOT_POSSIBLE`, `COUPON_NOT_RETURNABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminOrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_CANCELLABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminOrderController_query: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminOrderView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminProductController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description A product's `id`, or a part of its name. */
                q?: string;
                /** @description Only what is on sale, or only what is not. */
                onSale?: boolean;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminProductView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminProductController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProductBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProductView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminProductController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProductView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `PRODUCT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminProductController_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductChangeBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProductView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `PRODUCT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `STOCK_CHANGED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
                /** @description Requested at or after. A bare day such as `2026-12-10` is the moment at which it begins in Beijing. */
                from?: string;
                /** @description Requested before. A bare day such as `2026-12-10` is the moment at which it begins in Beijing, so that the day itself is not included. */
                to?: string;
                /** @description Only those of this order. */
                orderNo?: string;
                /** @description Only those of this buyer. */
                userId?: string;
                kind?: "USER" | "MERCHANT" | "AUTOMATIC";
                /** @description What it waits for. */
                waitReason?: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME";
                /** @description Only `FAILED` ones of the last 30 days that no later refunds of their order cover, as counted in `to-do`. */
                unresolved?: boolean;
                /** @description refundNo, WeChat's refund id, orderNo, outTradeNo or transactionId. */
                q?: string;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminRefundView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRefundDetailView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_decideBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundBatchBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundBatchResponse"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveRefundBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRefundView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_EXCEEDS_PAYMENT`, `REFUND_NOT_DECIDABLE`, `RETURN_NEEDS_ITEMS`, `RETURN_EXCEEDS_ORDER`, `RETURN_NOT_POSSIBLE`, `COUPON_NOT_RETURNABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectRefundBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRefundView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_DECIDABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRefundView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_DECIDABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminRefundController_abandon: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AbandonRefundBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRefundView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `REFUND_NOT_DECIDABLE`, `REFUND_KNOWN_TO_WECHAT`, `REFUND_SENT_RECENTLY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_UNAVAILABLE` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ApiKeyController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description A key's `id` or its name. */
                q?: string;
                withTotal?: boolean;
                /** @description Only the keys that this account answers for. */
                responsibleId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnedApiKeyView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ApiKeyController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKeyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ApiKeyController_takeOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `API_KEY_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    ApiKeyController_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `API_KEY_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminShippingController_carriers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CarrierView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminShippingController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ShipmentView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminShippingController_ship: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShipBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ORDER_NOT_SHIPPABLE`, `ORDER_BUSY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminShippingController_reship: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
                shipmentNo: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectParcelBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `SHIPMENT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `RESHIP_TOO_EARLY`, `RESHIP_USED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminShippingController_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
                shipmentNo: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectParcelBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `SHIPMENT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `SHIPMENT_NOT_RETRYABLE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminUserController_block: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `USER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AdminUserController_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `USER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    AuditLogController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description What was changed (its number or id), or the name of who did it. */
                q?: string;
                action?: string;
                /** @description Done at or after. A bare day such as `2026-12-10` is the moment at which it begins in Beijing. */
                from?: string;
                /** @description Done before. A bare day such as `2026-12-10` is the moment at which it begins in Beijing, so that the day itself is not included. */
                to?: string;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    StaffController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description A username, or the `id` of an account. */
                q?: string;
                withTotal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StaffView"][];
                        nextCursor: string | null;
                        /** @description Only of admin lists, and only with `?withTotal=true`. */
                        total?: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    StaffController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStaffBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `USERNAME_TAKEN` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    StaffController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ADMIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    StaffController_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaffChangeBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedStaffView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `ADMIN_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `LAST_ADMIN` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `TOO_MANY_ATTEMPTS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    SummaryController_showSummary: {
        parameters: {
            query?: {
                /** @description By default the last 30 days of Beijing, today included. What happened at or after. A bare day such as `2026-12-10` is the moment at which it begins in Beijing. */
                from?: string;
                /** @description By default the end of today in Beijing. What happened before. A bare day such as `2026-12-10` is the moment at which it begins in Beijing, so that the day itself is not included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryView"];
                };
            };
            /** @description `VALIDATION_FAILED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    SummaryController_showToDo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToDoView"];
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    HealthController_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status?: "ok";
                    };
                };
            };
        };
    };
    HealthController_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status?: "ok";
                    };
                };
            };
            /** @description `SERVICE_UNAVAILABLE` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    MetricsController_scrape: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `UNAUTHENTICATED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
}
