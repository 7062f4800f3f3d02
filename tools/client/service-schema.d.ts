/* eslint-disable -- generated: made by `npm run build` from the OpenAPI description. Do not edit. */

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
        /** Exchange the code of the getPhoneNumber button for the phone number, which is stored encrypted */
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
        /** Get the current user */
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
        /** Revoke this token */
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
        /** List products, newest first */
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
        /** Get a product */
        get: operations["CatalogController_show"];
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
        /** List the user's coupons, newest first; send an `id` as the `couponId` of an order */
        get: operations["CouponController_list"];
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
        /** List the user's orders, newest first */
        get: operations["OrderController_list"];
        put?: never;
        /** Place an order: uses the shop's prices, reserves the stock, and must be paid before `expiresAt` */
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
        /** Get one of the user's orders */
        get: operations["OrderController_show"];
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
         * Start a payment: returns the parameters that open WeChat's payment page
         * @description May be repeated: the same trade type uses the same `out_trade_no`. Another trade type first closes the earlier attempt.
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
        /** Cancel an order: closes it at WeChat, then here, and releases the stock */
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
        /**
         * Query WeChat now and apply the result; call it after `wx.requestPayment` succeeded
         * @description A paid order is returned without a query.
         */
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
        /** List the refunds of one of the user's orders, newest first */
        get: operations["RefundController_list"];
        put?: never;
        /** Request a refund: the amount is reserved immediately, and staff decide */
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
        /** Get one of the user's refunds */
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
        /** Withdraw a refund request that has not been decided yet; releases the amount */
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
        /** Lists the shipments of one of my orders, in the order of shipping */
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
         * @description Responds with SUCCESS only when the result is durably applied.
         */
        post: operations["V2NotifyController_payment"];
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
         * @description Responds with SUCCESS only when the result is durably applied.
         */
        post: operations["V2NotifyController_refund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wechat/notify/v3/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * WeChat's payment notice (API v3)
         * @description Verifies the signature over the received bytes, then decrypts. Responds with 204 only when the result is durably applied.
         */
        post: operations["V3NotifyController_payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wechat/notify/v3/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * WeChat's refund notice (API v3)
         * @description Verifies the signature over the received bytes, then decrypts. Responds with 204 only when the result is durably applied.
         */
        post: operations["V3NotifyController_refund"];
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
         * @description The trade is in the query, the payer in an XML body. Responds with `success` only when the result is durably applied.
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
    "/server/api/payment-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List payment orders, newest first */
        get: operations["PaymentOrderController_list"];
        put?: never;
        /**
         * Create a payment order for an order of the merchant's own system
         * @description May be repeated without an `Idempotency-Key`: the same `merchantOrderNo` with the same facts returns the existing order, also months later. A repetition does not exchange its `payer.code` again, and `expiresInSeconds` is not compared.
         */
        post: operations["PaymentOrderController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/payment-orders/{orderNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a payment order */
        get: operations["PaymentOrderController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/payment-orders/{orderNo}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a payment: returns the parameters that open WeChat's payment page
         * @description May be repeated: the same trade type uses the same `outTradeNo`. Another trade type first closes the earlier attempt. A payer is stored if the order has none. Once known, the payer is fixed: another `openid` is `ORDER_NOT_PAYABLE`, and a `code` is not exchanged.
         */
        post: operations["PaymentOrderController_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/payment-orders/{orderNo}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an unpaid payment order: at WeChat, then here
         * @description May be repeated: a closed order is returned unchanged.
         */
        post: operations["PaymentOrderController_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/payment-orders/{orderNo}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query WeChat now and apply the result
         * @description A paid order is returned without a query.
         */
        post: operations["PaymentOrderController_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/payment-orders/{orderNo}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an expired payment order more time
         * @description Only an order closed as `EXPIRED` to which no money has come. The next `pay` begins a new attempt. A payment that still comes through an old attempt pays the order; a second payment is refunded.
         */
        post: operations["PaymentOrderController_reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/payment-orders/{orderNo}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create and send a refund of a payment order at once
         * @description May be repeated without an `Idempotency-Key`: the same `merchantRefundNo` with the same facts returns the same refund.
         */
        post: operations["PaymentOrderController_refund"];
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
        /** Get the API key of this call with its scopes */
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
        /** List orders, newest first */
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
        /** Get an order with its refunds and shipments */
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
        /** List the refunds of an order, newest first */
        get: operations["ServerOrderController_listRefunds"];
        put?: never;
        /**
         * Create and send a refund at once
         * @description After a timeout it is unknown whether the refund was created. Repeat the same call with the same `Idempotency-Key`: the refund is created once. With `merchantRefundNo` the header is not needed: the same number with the same facts is the same refund. A key with a scope of payment orders and none of `orders:…` refunds payment orders only.
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
        /**
         * Get a refund and its status
         * @description A key that is limited to payment orders finds their refunds only.
         */
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
        /** List the shipments of an order with their upload state at WeChat */
        get: operations["ServerShippingController_list"];
        put?: never;
        /**
         * Record a shipment
         * @description Uploaded to WeChat at the next job run. Safe to repeat without an `Idempotency-Key`: the same carrier and tracking number are the same shipment. Repeat it with `isLast` to state that no further shipments follow.
         */
        post: operations["ServerShippingController_ship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events, oldest first
         * @description For polling. Pass `nextCursor` of each answer as `after` of the next call: no event is skipped, whenever its transaction commits. Events are kept for 30 days.
         */
        get: operations["ServerEventController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/events/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver an event again to every enabled endpoint that receives it */
        post: operations["ServerEventController_redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/event-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List event endpoints, newest first */
        get: operations["ServerEventEndpointController_list"];
        put?: never;
        /**
         * Create an event endpoint
         * @description It receives the events from now on. Only this response contains `secret`.
         */
        post: operations["ServerEventEndpointController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/event-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an event endpoint and its waiting deliveries */
        delete: operations["ServerEventEndpointController_delete"];
        options?: never;
        head?: never;
        /** Change, disable or enable an event endpoint */
        patch: operations["ServerEventEndpointController_change"];
        trace?: never;
    };
    "/server/api/event-endpoints/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret
         * @description Both secrets sign until `overlapHours` are over. Only this response contains the new `secret`.
         */
        post: operations["ServerEventEndpointController_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/event-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an `endpoint.test` event to this endpoint alone */
        post: operations["ServerEventEndpointController_sendTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/event-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver the events of a period again
         * @description One call looks at up to 10,000 events; `continueFrom` is the `from` of the next one. Safe to repeat.
         */
        post: operations["ServerEventEndpointController_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/server/api/event-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of an endpoint with their attempts, newest event first */
        get: operations["ServerEventEndpointController_listDeliveries"];
        put?: never;
        post?: never;
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
         * Log in as staff with a session cookie
         * @description For the web console. The token is set as the cookie `wx-checkout-staff` (HttpOnly, SameSite=Strict, Path=/admin/api, Secure in production). Calls that use the cookie must send the header `X-Console` with any value; without that header the cookie is ignored.
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
        /** Revoke this token and delete the session cookie */
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
        /** Get the current staff account */
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
         * @description Ends my other sessions at once. The current session stays valid.
         */
        post: operations["AdminAuthController_changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a month for accounting: one line per payment and refund, with fee and net amount
         * @description CSV in UTF-8 with a byte order mark; amounts in yuan. If a day of the month has no complete bill, the file name ends with `-incomplete`, and the first lines name those days.
         */
        get: operations["BillExportController_exportMonth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the days of WeChat's bills, newest first */
        get: operations["BillController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a day with the bridge from our total to WeChat's */
        get: operations["BillController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills/{date}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Download WeChat's bill of a day and compare it now
         * @description Replaces the open differences; resolved and explained ones stay. Safe to repeat. Payments and refunds that are missing here are queried at WeChat and recorded. Works with `BILL_DOWNLOAD=off` too.
         */
        post: operations["BillController_reconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills/{date}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the differences between WeChat's bill and our records, oldest first */
        get: operations["BillController_differences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills/{date}/differences/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Explain a difference
         * @description The day is balanced once no difference is open. Repeating replaces the note.
         */
        post: operations["BillController_explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/bills/{date}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download WeChat's file of a day, byte for byte as it was verified
         * @description The stored bytes are verified before they are sent.
         */
        get: operations["BillController_file"];
        put?: never;
        post?: never;
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
        /** List coupons, newest first */
        get: operations["AdminCouponController_list"];
        put?: never;
        /**
         * Create a coupon
         * @description Users receive a user coupon of it by `grant`.
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
        /** Get a coupon */
        get: operations["AdminCouponController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a coupon
         * @description The new terms apply to every granted coupon of this type that is not used by an order. Existing orders keep their discount. To end a coupon, set `expiresAt` to a time in the past.
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
         * Grant a coupon to a user
         * @description Every call grants another coupon. Send an `Idempotency-Key` so that a retry does not grant a second one.
         */
        post: operations["AdminCouponController_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events, oldest first */
        get: operations["AdminEventController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/events/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver an event again to every enabled endpoint that receives it */
        post: operations["AdminEventController_redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/event-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List event endpoints, newest first */
        get: operations["AdminEventEndpointController_list"];
        put?: never;
        /**
         * Create an event endpoint
         * @description It receives the events from now on. Only this response contains `secret`.
         */
        post: operations["AdminEventEndpointController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/event-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one event endpoint with the numbers of its deliveries */
        get: operations["AdminEventEndpointController_get"];
        put?: never;
        post?: never;
        /** Delete an event endpoint and its waiting deliveries */
        delete: operations["AdminEventEndpointController_delete"];
        options?: never;
        head?: never;
        /** Change, disable or enable an event endpoint */
        patch: operations["AdminEventEndpointController_change"];
        trace?: never;
    };
    "/admin/api/event-endpoints/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret
         * @description Both secrets sign until `overlapHours` are over. Only this response contains the new `secret`.
         */
        post: operations["AdminEventEndpointController_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/event-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an `endpoint.test` event to this endpoint alone */
        post: operations["AdminEventEndpointController_sendTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/event-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver the events of a period again
         * @description One call looks at up to 10,000 events; `continueFrom` is the `from` of the next one. Safe to repeat.
         */
        post: operations["AdminEventEndpointController_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/event-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of an endpoint with their attempts, newest event first */
        get: operations["AdminEventEndpointController_listDeliveries"];
        put?: never;
        post?: never;
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
        /** Retry subscribe messages to buyers that need attention, after their cause is fixed */
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
        /** List orders, newest first */
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
        /** Get an order with its payment attempts, refunds and timeline */
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
        /** List an order's timeline, newest first */
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
        /** List an order's payment attempts, newest first */
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
        /** List an order's refunds, newest first */
        get: operations["AdminOrderController_refunds"];
        put?: never;
        /** Create and send a merchant-initiated refund */
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
         * @description Works as when the buyer cancels it: the payment is closed at WeChat, then the order is closed and its stock is released. Safe to repeat.
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
        /**
         * Query WeChat now and apply the result
         * @description Queries the newest 20 payment attempts of the order, also of a paid or closed one. An order without a payment attempt is returned without a query.
         */
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
        /** List products, newest first */
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
        /** Get a product */
        get: operations["AdminProductController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a product
         * @description Existing orders keep their name and price. `onSale: false` takes the product off sale; pending orders can still be paid.
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
        /** List refunds, newest first */
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
        /** Get a refund with the data needed to decide it */
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
        /** Approve or reject up to 100 refunds, each on its own; approved ones are sent at the next job run */
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
         * Approve a refund, in full or in part, and send it to WeChat
         * @description The decision is final. The response shows WeChat's result, or what the refund waits for.
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
        /** Reject a refund with a reason for the buyer and release its amount */
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
         * Send or query a refund again now, under the same number
         * @description An `ABNORMAL` refund that WeChat never accepted is sent with a newly built request, under the same refund number. Safe to repeat.
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
         * Abandon an `ABNORMAL` refund that WeChat does not have: it becomes `FAILED` and its amount is released
         * @description Queries WeChat first. If WeChat has the refund, its result is applied instead. Without a usable response nothing changes: try again later.
         */
        post: operations["AdminRefundController_abandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}/redirect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the money of an `ABNORMAL` refund to the merchant, or to a debit card of the buyer
         * @description Only for refunds of API v3 whose money WeChat could not pay out. Queries WeChat first. The refund becomes `SUCCEEDED` when WeChat reports that the money has arrived. Safe to repeat with the same destination. Another one is rejected with `REFUND_ALREADY_REDIRECTED`, unless WeChat has refused the first. After `MERCHANT` the buyer has no money yet: pay in another way, then call `confirm-paid-otherwise`.
         */
        post: operations["RedirectRefundController_redirect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/refunds/{refundNo}/confirm-paid-otherwise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that the buyer of a refund whose money came back to the merchant was paid in another way
         * @description Only for a `SUCCEEDED` refund with the recipient `MERCHANT`. Safe to repeat: the first note stays.
         */
        post: operations["RedirectRefundController_confirmPaidOtherwise"];
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
        /** List API keys, newest first */
        get: operations["ApiKeyController_list"];
        put?: never;
        /**
         * Create an API key
         * @description Only this response contains `key`; it is not stored. Without `expiresAt` the key expires after a year.
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
         * Take over responsibility for an API key
         * @description For a key whose responsible administrator was disabled or demoted.
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
        /** Revoke an API key at once and permanently */
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
        /** List common carriers with WeChat's codes; other codes are allowed too */
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
        /** List the shipments of an order, oldest first */
        get: operations["AdminShippingController_list"];
        put?: never;
        /**
         * Record a shipment
         * @description Uploaded to WeChat at the next job run. Safe to repeat: the same carrier and tracking number are the same shipment. Repeat it with `isLast` to state that no further shipments follow.
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
         * Correct a shipment after all shipments were uploaded to WeChat
         * @description WeChat allows one correction for each payment. Omitted fields keep their values.
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
         * Retry the upload of a shipment that needs attention or was not uploaded, with corrections if needed
         * @description Omitted fields keep their values. An empty object retries the upload without changes.
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
         * @description Ends the buyer's sessions at once and rejects logins, orders and payments. Payments already made are still applied, and refunds remain possible. Safe to repeat.
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
         * @description The buyer can log in again. Safe to repeat.
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
        /** List audit log entries, newest first */
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
        /** List staff accounts, newest first */
        get: operations["StaffController_list"];
        put?: never;
        /** Create a staff account */
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
        /** Get a staff account */
        get: operations["StaffController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a staff account: role, password, disabled
         * @description A lower role, a new password and `disabled: true` end all sessions of the account at once. When staff change their own account, their own session stays, unless they disable the account. Disabling or demoting an ADMIN revokes the API keys of this account, unless `apiKeys` is `takeOver`; the response lists them. The last active ADMIN can be neither disabled nor demoted.
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
        /** Get totals of payments and refunds, overall and per day, and the source of payment results */
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
        /** Get the tasks that wait for staff */
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
        /** Liveness: the process is running */
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
        /** Readiness: database and session store response */
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
         * @description With `METRICS_TOKEN` set, requires `Authorization: Bearer` with that token. See docs/operations.md.
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
             * @description Stable error code for programs.
             * @enum {string}
             */
            code: "VALIDATION_FAILED" | "UNAUTHENTICATED" | "BAD_CREDENTIALS" | "WECHAT_CODE_INVALID" | "FORBIDDEN" | "WECHAT_USER_BLOCKED" | "NOT_FOUND" | "PRODUCT_NOT_FOUND" | "ORDER_NOT_FOUND" | "ADMIN_NOT_FOUND" | "API_KEY_NOT_FOUND" | "EVENT_NOT_FOUND" | "EVENT_ENDPOINT_NOT_FOUND" | "REFUND_NOT_FOUND" | "COUPON_NOT_FOUND" | "USER_NOT_FOUND" | "BILL_NOT_FOUND" | "BILL_FILE_NOT_FOUND" | "BILL_DIFFERENCE_NOT_FOUND" | "EVENT_ENDPOINT_DISABLED" | "EVENT_ENDPOINT_LIMIT_REACHED" | "OUT_OF_STOCK" | "PRICE_CHANGED" | "COUPON_NOT_USABLE" | "ORDER_LIMIT_REACHED" | "USER_BLOCKED" | "ORDER_NOT_PAYABLE" | "ORDER_NOT_CANCELLABLE" | "ORDER_NOT_REFUNDABLE" | "REFUND_EXCEEDS_PAYMENT" | "MERCHANT_ORDER_NO_TAKEN" | "MERCHANT_REFUND_NO_TAKEN" | "PAYER_REQUIRED" | "TRADE_TYPE_NOT_ALLOWED" | "ORDER_NOT_REOPENABLE" | "RETURN_NEEDS_ITEMS" | "RETURN_EXCEEDS_ORDER" | "RETURN_NOT_POSSIBLE" | "COUPON_NOT_RETURNABLE" | "REFUND_LIMIT_REACHED" | "REFUND_NOT_DECIDABLE" | "REFUND_KNOWN_TO_WECHAT" | "REFUND_ALREADY_REDIRECTED" | "REFUND_SENT_RECENTLY" | "SHIPMENT_NOT_FOUND" | "ORDER_NOT_SHIPPABLE" | "SHIPMENT_NOT_RETRYABLE" | "RESHIP_TOO_EARLY" | "RESHIP_USED" | "ORDER_BUSY" | "BILL_DIFFERENCE_NOT_OPEN" | "BILL_BUSY" | "IDEMPOTENCY_KEY_REQUIRED" | "IDEMPOTENCY_KEY_REUSED" | "USERNAME_TAKEN" | "LAST_ADMIN" | "STOCK_CHANGED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "TOO_MANY_REQUESTS" | "TOO_MANY_ATTEMPTS" | "RATE_LIMITED" | "WECHAT_RATE_LIMITED" | "INTERNAL" | "WECHAT_UNAVAILABLE" | "WECHAT_REJECTED" | "SERVICE_UNAVAILABLE";
            detail: string;
            requestId: string;
            /** @description Whether the same call may succeed later. */
            retryable: boolean;
            errors?: components["schemas"]["FieldErrorDto"][];
            /** @description Fen, only with `PRICE_CHANGED`: the current total of the items. */
            totalFen?: number;
            /** @description Fen, only with `PRICE_CHANGED`: the current amount to pay, if the coupon was checked. */
            payableFen?: number;
            /** @description WeChat's own error code. */
            upstreamCode?: string;
            /** @description WeChat's own text. */
            upstreamMessage?: string;
        };
        LoginBody: {
            /**
             * @description The code returned by `wx.login`. Valid once and for five minutes.
             * @example 0a3xGk000Qh1sN1Vfk100bXyzr4xGk0d
             */
            code: string;
        };
        LoginResponse: {
            /** @description Opaque bearer token. Keep it secret. */
            token: string;
            /**
             * @description Seconds until the token expires.
             * @example 7200
             */
            expiresIn: number;
            user?: {
                id: string;
            };
        };
        PhoneBody: {
            /**
             * @description The code returned by the `getPhoneNumber` button, not the code of `wx.login`. Valid once and for five minutes.
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
            /** @description Masked; null when the user has not shared it. */
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
            /** @description Units that can still be ordered. */
            stock: number;
            imageUrl: string | null;
        };
        UserCouponView: {
            id: string;
            /** @example 满 20 减 5 */
            name: string;
            /** @description Discount in fen. At least one fen of an order is left to pay. */
            discountFen: number;
            /** @description Minimum sum of the order's items in fen, before the discount. 0: no minimum. */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description From this time on, no order can be placed with it.
             */
            expiresAt: string;
            /**
             * @description `RESERVED`: its order is not paid yet. `USED`: its order is paid. `EXPIRED`: it was not used in time.
             * @enum {string}
             */
            status: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
        };
        OrderItemBody: {
            /** @description A product's `id`. */
            productId: string;
            quantity: number;
        };
        PlaceOrderBody: {
            /** @description Items of the same product are merged. */
            items: components["schemas"]["OrderItemBody"][];
            /** @description The `id` of one of the user's coupons (user coupon). */
            couponId?: string;
            remark?: string;
            /** @description Fen: the price of the goods shown to the buyer, before any discount (the order's `totalFen`). If the price differs, the order is rejected with `PRICE_CHANGED` and the new `totalFen`. */
            expectedTotalFen?: number;
            /** @description Fen: the amount to pay shown to the buyer, after the coupon (the order's `payableFen`). If it differs, also because the coupon's value has changed, the order is rejected with `PRICE_CHANGED` and the new `totalFen` and `payableFen`. */
            expectedPayableFen?: number;
        };
        OrderItemView: {
            /** @description Null for a line of a payment order. */
            productId: string | null;
            name: string;
            /** @description Fen per unit. */
            unitFen: number;
            quantity: number;
            /** @description Fen: the item's share of the order's discount. The shares add up to the order's `discountFen`. */
            discountFen: number;
            /** @description Fen for all units of the item after its discount. The items add up to the order's `payableFen`. */
            payableFen: number;
            /** @description Units that a refund has returned to stock, or will return when it succeeds. */
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
            /** @description Amount to pay: total minus discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            /** @description The `id` of the user's coupon (user coupon). */
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
        PayBody: {
            /**
             * @default JSAPI
             * @enum {string}
             */
            tradeType?: "JSAPI" | "NATIVE" | "APP" | "MWEB";
        };
        PayView: {
            orderNo: string;
            /** @description `out_trade_no` of this attempt at WeChat. */
            outTradeNo: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description JSAPI: the argument of `wx.requestPayment` (`appId`, `timeStamp`, `nonceStr`, `package`, `packageValue`, `signType`, `paySign`). NATIVE: `codeUrl`, to show as a QR code. APP: the fields of the app SDK's `PayReq` (`appid`, `partnerid`, `prepayid`, `package`, `noncestr`, `timestamp`, `sign`). MWEB: `mwebUrl`, to open in a mobile browser outside WeChat. It is valid for five minutes; then call `pay` again. */
            requestPayment: {
                [key: string]: string;
            };
        };
        RequestRefundBody: {
            /** @description Fen. Default: the refundable amount. */
            amountFen?: number;
            reason: string;
            /** @enum {string} */
            reasonCode?: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER";
            /** @description URLs of pictures. */
            evidence?: string[];
        };
        RefundView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: the requested amount, or the approved part of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` refund waits for.
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
            /**
             * @description `MERCHANT`: the buyer's account could not receive the money, and the shop took it back. The buyer has received nothing from WeChat, also when the status is `SUCCEEDED`: the shop pays in another way.
             * @enum {string}
             */
            recipient: "BUYER" | "MERCHANT";
            /**
             * Format: date-time
             * @description When the shop confirmed that it paid the buyer in another way. Only with the recipient `MERCHANT`.
             */
            paidOtherwiseAt: string | null;
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
        PaymentOrderLineBody: {
            name: string;
            /** @description Fen per unit. */
            unitFen: number;
            quantity: number;
        };
        PayerBody: {
            /** @description The payer's openid under the order's app. */
            openid?: string;
            /** @description A code of `wx.login` in the shop's own app, which works once. Other apps need an openid. */
            code?: string;
        };
        CreatePaymentOrderBody: {
            /** @description The order's number in the merchant's own system, unique in the shop. A repetition with the same facts returns the existing order. Numbers that differ only in case are two. */
            merchantOrderNo: string;
            /** @description Fen. Either this or `lines`. */
            amountFen?: number;
            /** @description What is paid for. The order costs their sum. Either this or `amountFen`. */
            lines?: components["schemas"]["PaymentOrderLineBody"][];
            /** @description Shown to the payer by WeChat, which cuts it at 127 bytes. Default: composed of shop name and lines. */
            description?: string;
            /** @description The mini-program or official account in which the order is paid, and under which the openid of `payer` is valid: the shop's own, or one of the setting `WECHAT_EXTRA_APP_IDS`. Default: the shop's own. APP payments use the mobile app. */
            appId?: string;
            /** @description Needed for JSAPI, here or at `pay`. */
            payer?: components["schemas"]["PayerBody"];
            /** @description Default: all. */
            allowedTradeTypes?: ("JSAPI" | "NATIVE" | "APP" | "MWEB")[];
            /** @description Time to pay. Default: the setting `ORDER_TTL_SECONDS`. Not compared at a repetition. */
            expiresInSeconds?: number;
            /** @description At most 20 keys of at most 40 characters. Returned unchanged, never sent to WeChat. */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description A payment after the close is refunded, or revives the order. Default: the setting `LATE_PAYMENT_POLICY`.
             * @enum {string}
             */
            latePayment?: "refund" | "deliver";
            /**
             * @description `required`: the paid order is listed as unshipped until its last shipment is reported.
             * @default none
             * @enum {string}
             */
            shipping?: "none" | "required";
        };
        PaymentOrderLineView: {
            name: string;
            /** @description Fen per unit. */
            unitFen: number;
            quantity: number;
        };
        PayerView: {
            openid: string;
        };
        PaymentOrderView: {
            /** @example 20261121K7Q2M9XWPA0B */
            orderNo: string;
            /** @description The number in the merchant's own order system. */
            merchantOrderNo: string;
            /** @enum {string} */
            origin: "SHOP" | "EXTERNAL";
            /** @enum {string} */
            status: "PENDING" | "PAID" | "CLOSED";
            /** @enum {string} */
            refundStatus: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
            /** @description From 1; grows with every visible change. */
            version: number;
            amountFen: number;
            paidFen: number;
            refundedFen: number;
            /** @description What WeChat shows to the buyer. */
            description: string;
            /** @description Empty when only an amount was given. */
            lines: components["schemas"]["PaymentOrderLineView"][];
            /** @description The app that was named; null for the shop's own. */
            appId: string | null;
            /** @description Null while the payer is unknown. */
            payer: components["schemas"]["PayerView"] | null;
            allowedTradeTypes: ("JSAPI" | "NATIVE" | "APP" | "MWEB")[];
            metadata: {
                [key: string]: string;
            };
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
        PayPaymentOrderBody: {
            /** @enum {string} */
            tradeType: "JSAPI" | "NATIVE" | "APP" | "MWEB";
            /** @description Stored if the order has no payer yet. Once the payer is known, another `openid` is rejected, and a `code` is not exchanged. */
            payer?: components["schemas"]["PayerBody"];
            /** @description The payer's IP address, which MWEB needs. Default: the caller's address. */
            clientIp?: string;
        };
        ReopenPaymentOrderBody: {
            /** @description Time to pay from now on. Default: the setting `ORDER_TTL_SECONDS`. */
            expiresInSeconds?: number;
        };
        RefundPaymentOrderBody: {
            /** @description Fen. */
            amountFen: number;
            /** @description Shown to the payer. */
            reason: string;
            /** @description The refund's number in the merchant's own system, unique in the shop. The same number is the same refund. */
            merchantRefundNo: string;
        };
        ServerRefundView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: the requested amount, or the approved part of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` refund waits for.
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
            /**
             * @description `MERCHANT`: the buyer's account could not receive the money, and the shop took it back. The buyer has received nothing from WeChat, also when the status is `SUCCEEDED`: the shop pays in another way.
             * @enum {string}
             */
            recipient: "BUYER" | "MERCHANT";
            /**
             * Format: date-time
             * @description When the shop confirmed that it paid the buyer in another way. Only with the recipient `MERCHANT`.
             */
            paidOtherwiseAt: string | null;
            /** @description From 1; grows with every visible change. */
            version: number;
            /** @description The number in the merchant's own system. */
            merchantRefundNo: string | null;
            /** @description The refunded payment. */
            outTradeNo: string;
            /** @description WeChat's payment number. */
            transactionId: string;
            /** @description WeChat's refund number. */
            wechatRefundId: string | null;
            /** @description The id of the staff member or API key. */
            decidedBy: string | null;
            /** @description Error code of WeChat's last refusal. */
            errorCode: string | null;
        };
        OwnKeyView: {
            /** @description The id of the key in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write" | "payments:read" | "payments:write" | "events:read" | "events:manage")[];
            /** @description Maximum refunds with this key per Beijing day, in fen. */
            maxRefundFenPerDay: number;
            /** Format: date-time */
            expiresAt: string | null;
        };
        OrderWithOriginView: {
            /** @example 20261121K7Q2M9XWPA0B */
            orderNo: string;
            /** @enum {string} */
            status: "PENDING" | "PAID" | "CLOSED";
            /** @enum {string} */
            refundStatus: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
            totalFen: number;
            discountFen: number;
            /** @description Amount to pay: total minus discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            /** @description The `id` of the user's coupon (user coupon). */
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
            /**
             * @description `EXTERNAL`: a payment order of the merchant's own order system.
             * @enum {string}
             */
            origin: "SHOP" | "EXTERNAL";
            /** @description From 1; grows with every visible change. */
            version: number;
            /** @description Null for a payment order. */
            userId: string | null;
            /** @description The number in the merchant's own system; null for an order of the shop. */
            merchantOrderNo: string | null;
        };
        ErrorText: {
            en: string;
            zh: string;
            /** @description True when the message beside the code is this service's own English and says the same: show only one. */
            replacesMessage?: boolean;
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
            /** @description The order is complete with this shipment. */
            isLast: boolean;
            /** @description Corrected after the order was complete: the payment's one re-ship. */
            isReship: boolean;
            /**
             * @description WAITING to be uploaded to WeChat, UPLOADED, NEEDS_ATTENTION (the upload failed), NOT_REQUIRED (no upload is needed).
             * @enum {string}
             */
            state: "WAITING" | "UPLOADED" | "NEEDS_ATTENTION" | "NOT_REQUIRED";
            /** @description WeChat's errcode while the shipment is not uploaded. */
            errorCode: string | null;
            errorMessage: string | null;
            /** @description What `errorCode` means; null for an unknown code. */
            errorText: components["schemas"]["ErrorText"] | null;
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
            /** @description Amount to pay: total minus discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            /** @description The `id` of the user's coupon (user coupon). */
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
            /**
             * @description `EXTERNAL`: a payment order of the merchant's own order system.
             * @enum {string}
             */
            origin: "SHOP" | "EXTERNAL";
            /** @description From 1; grows with every visible change. */
            version: number;
            /** @description Null for a payment order. */
            userId: string | null;
            /** @description The number in the merchant's own system; null for an order of the shop. */
            merchantOrderNo: string | null;
            /** @description The newest 50, in the order in which they were requested. */
            refunds: components["schemas"]["ServerRefundView"][];
            /** @description The total number of `refunds`, including those not returned here. */
            refundsCount: number;
            /** @description The `cursor` for the other rows at `GET /server/api/orders/{orderNo}/refunds`. Null if all rows are returned here. */
            refundsNextCursor: string | null;
            /** @description The first 100 shipments, oldest first. */
            shipments: components["schemas"]["ShipmentView"][];
            /** @description The total number of `shipments`, including those not returned here. */
            shipmentsCount: number;
            /** @description The `cursor` for the other rows at `GET /server/api/orders/{orderNo}/shipments`. Null if all rows are returned here. */
            shipmentsNextCursor: string | null;
        };
        ReturnItemBody: {
            /** @description A product's `id`, as in the order's `items`. */
            productId: string;
            quantity: number;
        };
        CreateServerRefundBody: {
            /** @description Visible to staff only. */
            note?: string;
            /** @description True: all remaining units of the order return to stock; only for a full refund of an unshipped order (otherwise `RETURN_NEEDS_ITEMS`). False: nothing returns. Default: all remaining units return once the order is fully refunded, unless something was shipped. Cannot be combined with `returnItems`. */
            returnStock?: boolean;
            /** @description The units that return to stock when this refund succeeds, independent of its amount; at most the units that were sold and have not returned (otherwise `RETURN_EXCEEDS_ORDER`). They are reserved immediately and released if the refund fails. An empty list: nothing returns. */
            returnItems?: components["schemas"]["ReturnItemBody"][];
            /** @description Whether the order's coupon returns to the buyer once the order is fully refunded. Default: it returns unless something was shipped. True requires a full refund of an order with a coupon (otherwise `COUPON_NOT_RETURNABLE`). */
            returnCoupon?: boolean;
            amountFen: number;
            /** @description Shown to the payer. */
            reason: string;
            /** @description The payment to refund, of an order with several: `outTradeNo` of a paid payment. Default: a late or duplicate payment of which at least this amount is not refunded, unless `returnStock`, `returnItems` or `returnCoupon` is given; otherwise the order's own payment. */
            outTradeNo?: string;
            /** @description The refund's number in the merchant's own system, unique in the shop. The same number is the same refund. */
            merchantRefundNo?: string;
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
             * @description False while more shipments follow, with EXPRESS only. WeChat releases the money only after the last shipment.
             * @default true
             */
            isLast?: boolean;
        };
        FeedEventView: {
            /**
             * @description Also the `webhook-id` of its deliveries.
             * @example evt_K7Q2M9XWPA0B4D1E
             */
            id: string;
            /** @enum {string} */
            type: "order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test";
            /**
             * Format: date-time
             * @description When the change happened.
             */
            timestamp: string;
            /** @description `object`, `version` and the fields of the resource as the API shows it. Keep the highest `version`. */
            data: {
                [key: string]: unknown;
            };
        };
        EventFeedPage: {
            items: components["schemas"]["FeedEventView"][];
            /** @description The value of `after` for the next call, also at the end of the list, so that polling can continue there. Null only while there is no event at all. */
            nextCursor: string | null;
            /** @description Whether later events exist now. False at the end of the list. */
            hasMore: boolean;
        };
        RedeliveryView: {
            /** @description The number of endpoints to which the event is delivered again. */
            count: number;
        };
        EventEndpointView: {
            /** @example ep_K7Q2M9XWPA0B4D1E */
            id: string;
            url: string;
            /** @description Empty for all types. */
            types: ("order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test")[];
            description: string;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED";
            /**
             * @description `GONE`: the receiver answered 410. Null while enabled.
             * @enum {string|null}
             */
            disabledReason: "GONE" | "BY_REQUEST" | null;
            /** @description Failed attempts since the last success. */
            failures: number;
            /**
             * Format: date-time
             * @description No attempt before this time, after failures or because of `Retry-After`.
             */
            pausedUntil: string | null;
            /**
             * Format: date-time
             * @description Until when the previous secret signs too.
             */
            previousSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        NewEventEndpointBody: {
            /**
             * @description In production `https` to a public address. Without username, password and fragment.
             * @example https://erp.example.com/events
             */
            url: string;
            /** @description The types to receive. Default, and with an empty list: all. */
            types?: ("order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test")[];
            description?: string;
        };
        EventEndpointWithSecretView: {
            /** @example ep_K7Q2M9XWPA0B4D1E */
            id: string;
            url: string;
            /** @description Empty for all types. */
            types: ("order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test")[];
            description: string;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED";
            /**
             * @description `GONE`: the receiver answered 410. Null while enabled.
             * @enum {string|null}
             */
            disabledReason: "GONE" | "BY_REQUEST" | null;
            /** @description Failed attempts since the last success. */
            failures: number;
            /**
             * Format: date-time
             * @description No attempt before this time, after failures or because of `Retry-After`.
             */
            pausedUntil: string | null;
            /**
             * Format: date-time
             * @description Until when the previous secret signs too.
             */
            previousSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * @description The secret of Standard Webhooks. Only this response contains it.
             * @example whsec_…
             */
            secret: string;
        };
        ChangeEventEndpointBody: {
            /**
             * @description In production `https` to a public address. Without username, password and fragment.
             * @example https://erp.example.com/events
             */
            url?: string;
            /** @description The types to receive. An empty list: all. */
            types?: ("order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test")[];
            description?: string;
            /**
             * @description A disabled endpoint gets no new events. `ENABLED` continues with waiting deliveries and later events.
             * @enum {string}
             */
            status?: "ENABLED" | "DISABLED";
        };
        RotateSecretBody: {
            /**
             * @description Hours during which the previous secret signs too.
             * @default 24
             */
            overlapHours?: number;
        };
        ReplayBody: {
            /**
             * Format: date-time
             * @description Events at or after this instant.
             */
            from: string;
            /**
             * Format: date-time
             * @description Events before this instant.
             */
            to: string;
            /** @description Only these of the types that the endpoint receives. Default: all of them. */
            types?: ("order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test")[];
            /**
             * @description Only events whose delivery to the endpoint has `FAILED`.
             * @default false
             */
            onlyFailed?: boolean;
        };
        ReplayView: {
            /** @description The number of events that are delivered again. */
            count: number;
            /**
             * Format: date-time
             * @description The `from` of the next call if the range has more events than one call takes; null at the end.
             */
            continueFrom: string | null;
        };
        DeliveryAttemptView: {
            /** Format: date-time */
            at: string;
            /** @description The HTTP status; null without an answer. */
            statusCode: number | null;
            durationMs: number;
            /**
             * @description Why there is no answer; else null.
             * @example TIMEOUT
             */
            errorCode: string | null;
            /** @description The first 2 kB of the answer. */
            responseBody: string | null;
        };
        EventDeliveryView: {
            /** @example evt_K7Q2M9XWPA0B4D1E */
            eventId: string;
            /** @enum {string} */
            type: "order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test";
            /** @enum {string} */
            status: "WAITING" | "DELIVERED" | "FAILED";
            /** @description Attempts since the delivery was requested last. */
            attemptCount: number;
            /**
             * Format: date-time
             * @description Null unless `WAITING`.
             */
            nextAttemptAt: string | null;
            statusCode: number | null;
            durationMs: number | null;
            errorCode: string | null;
            responseBody: string | null;
            /** @description The newest 20 attempts, oldest first. */
            attempts: components["schemas"]["DeliveryAttemptView"][];
            /**
             * Format: date-time
             * @description When the event was written.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was delivered or failed.
             */
            endedAt: string | null;
        };
        StaffLoginBody: {
            username: string;
            /** Format: password */
            password: string;
        };
        CurrentStaffView: {
            id: string;
            username: string;
            /** @enum {string} */
            role: "VIEWER" | "OPERATOR" | "ADMIN";
        };
        StaffLoginResponse: {
            token: string;
            /** @description Seconds until the token expires. */
            expiresIn: number;
            admin: components["schemas"]["CurrentStaffView"];
        };
        ConsoleSessionResponse: {
            /** @description Seconds until the token expires. */
            expiresIn: number;
            admin: components["schemas"]["CurrentStaffView"];
        };
        ChangePasswordBody: {
            /** Format: password */
            oldPassword: string;
            /** Format: password */
            newPassword: string;
        };
        BillSumView: {
            count: number;
            fen: number;
        };
        BillView: {
            /**
             * @description A Beijing day, by WeChat's time of the payment or refund.
             * @example 2026-11-21
             */
            date: string;
            /**
             * @description `WAITING`: WeChat has no bill of the day yet. `BALANCED`: no difference is open. `INCOMPLETE`: the file does not add up to its totals row, or its hash is wrong.
             * @enum {string}
             */
            status: "WAITING" | "BALANCED" | "DIFFERENCES" | "INCOMPLETE";
            /** @description Payments on WeChat's bill. */
            payments: components["schemas"]["BillSumView"];
            /** @description Refunds on WeChat's bill, as they were requested. */
            refunds: components["schemas"]["BillSumView"];
            /** @description Fees of the payments minus the fees that WeChat gave back with refunds. */
            feesFen: number;
            /** @description Payments in our records, at the last comparison. */
            ourPayments: components["schemas"]["BillSumView"];
            /** @description Refunds in our records, at the last comparison. */
            ourRefunds: components["schemas"]["BillSumView"];
            openDifferences: number;
            /** @description Entries near midnight that may be on the bill of a neighbouring day. They become differences only after that bill. */
            waitingEntries: number;
            /** @description Whether `GET …/file?kind=trade` has a file. */
            hasTradeFile: boolean;
            /** @description Whether `GET …/file?kind=fund` has a file. */
            hasFundFile: boolean;
            /**
             * @description The last download of the trade bill.
             * @enum {string|null}
             */
            tradeState: "AVAILABLE" | "NONE" | "CORRUPT" | "NOT_READY" | "UNKNOWN" | "NOT_POSSIBLE" | null;
            /**
             * @description The last download of the fund-flow bill.
             * @enum {string|null}
             */
            fundState: "AVAILABLE" | "NONE" | "CORRUPT" | "NOT_READY" | "UNKNOWN" | "NOT_POSSIBLE" | null;
            /** @description Why the day is INCOMPLETE, or why the last download failed. One English sentence. */
            problem: string | null;
            /** Format: date-time */
            downloadedAt: string | null;
            /** Format: date-time */
            reconciledAt: string | null;
        };
        BillBridgeLine: {
            /**
             * @description `OTHER_DAYS`: entries that one side counts on a neighbouring day.
             * @enum {string}
             */
            kind: "MISSING_HERE" | "MISSING_THERE" | "AMOUNT" | "STATUS" | "FEE" | "FUND_FLOW" | "OTHER_DAYS";
            /** @description Number of differences; null for `OTHER_DAYS`. */
            count: number | null;
            fen: number;
        };
        BillBridgeView: {
            oursFen: number;
            /** @description Without lines of 0 fen. `oursFen` plus all lines is `theirsFen`. */
            lines: components["schemas"]["BillBridgeLine"][];
            theirsFen: number;
        };
        BillFundsView: {
            openingFen: number | null;
            /** @description Settled payments minus settled refunds minus fees, of this bill. */
            settledFen: number;
            /** @description Movements that are neither payments, refunds nor their fees. Withdrawals are negative. */
            otherMovementsFen: number | null;
            closingFen: number | null;
        };
        BillDetailView: {
            /**
             * @description A Beijing day, by WeChat's time of the payment or refund.
             * @example 2026-11-21
             */
            date: string;
            /**
             * @description `WAITING`: WeChat has no bill of the day yet. `BALANCED`: no difference is open. `INCOMPLETE`: the file does not add up to its totals row, or its hash is wrong.
             * @enum {string}
             */
            status: "WAITING" | "BALANCED" | "DIFFERENCES" | "INCOMPLETE";
            /** @description Payments on WeChat's bill. */
            payments: components["schemas"]["BillSumView"];
            /** @description Refunds on WeChat's bill, as they were requested. */
            refunds: components["schemas"]["BillSumView"];
            /** @description Fees of the payments minus the fees that WeChat gave back with refunds. */
            feesFen: number;
            /** @description Payments in our records, at the last comparison. */
            ourPayments: components["schemas"]["BillSumView"];
            /** @description Refunds in our records, at the last comparison. */
            ourRefunds: components["schemas"]["BillSumView"];
            openDifferences: number;
            /** @description Entries near midnight that may be on the bill of a neighbouring day. They become differences only after that bill. */
            waitingEntries: number;
            /** @description Whether `GET …/file?kind=trade` has a file. */
            hasTradeFile: boolean;
            /** @description Whether `GET …/file?kind=fund` has a file. */
            hasFundFile: boolean;
            /**
             * @description The last download of the trade bill.
             * @enum {string|null}
             */
            tradeState: "AVAILABLE" | "NONE" | "CORRUPT" | "NOT_READY" | "UNKNOWN" | "NOT_POSSIBLE" | null;
            /**
             * @description The last download of the fund-flow bill.
             * @enum {string|null}
             */
            fundState: "AVAILABLE" | "NONE" | "CORRUPT" | "NOT_READY" | "UNKNOWN" | "NOT_POSSIBLE" | null;
            /** @description Why the day is INCOMPLETE, or why the last download failed. One English sentence. */
            problem: string | null;
            /** Format: date-time */
            downloadedAt: string | null;
            /** Format: date-time */
            reconciledAt: string | null;
            bridge: components["schemas"]["BillBridgeView"];
            /** @description From the fund-flow bill; null amounts without it. */
            funds: components["schemas"]["BillFundsView"];
            /** @description True while an instance works on the day. After a crash, until another one continues. */
            isInProgress: boolean;
            /**
             * Format: date-time
             * @description When the job works on the day again; null when nothing is left to do, or with `BILL_DOWNLOAD=off`.
             */
            nextCheckAt: string | null;
        };
        BillDifferenceView: {
            id: number;
            /**
             * @description `MISSING_HERE`: only WeChat has it. `MISSING_THERE`: only we have it. `AMOUNT`, `STATUS`: both have it, with another amount or state. `FEE`: the fee differs from its rate by more than rounding. `FUND_FLOW`: the closing balance does not follow from the opening balance and the day's movements.
             * @enum {string}
             */
            kind: "MISSING_HERE" | "MISSING_THERE" | "AMOUNT" | "STATUS" | "FEE" | "FUND_FLOW";
            /**
             * @description `DAY`: the difference is about the whole day.
             * @enum {string}
             */
            entryType: "PAYMENT" | "REFUND" | "REVOKED" | "DAY";
            outTradeNo: string | null;
            outRefundNo: string | null;
            transactionId: string | null;
            /** @description The order in our records; null when it belongs to none. */
            orderNo: string | null;
            /** @description FEE: the fee by the rate. FUND_FLOW: the balance that follows from our side. Null when we have no such entry. */
            oursFen: number | null;
            theirsFen: number | null;
            /** @description The state of our payment or refund. */
            ourState: string | null;
            /** @description The state on WeChat's bill, as of its creation. For a refund in a state that the service does not know: WeChat's own word. */
            theirState: string | null;
            /**
             * Format: date-time
             * @description The time of the payment, or at which WeChat accepted the refund.
             */
            at: string | null;
            /**
             * @description `RESOLVED`: it has gone by itself. `EXPLAINED`: by a person.
             * @enum {string}
             */
            status: "OPEN" | "RESOLVED" | "EXPLAINED";
            /**
             * @description How it was resolved. `PAYMENT_LATE`: the payment was recorded, and is refunded or has reopened its order.
             * @enum {string|null}
             */
            resolution: "PAYMENT_APPLIED" | "PAYMENT_LATE" | "REFUND_IMPORTED" | "REFUND_UPDATED" | "RECORDED_MEANWHILE" | "ON_OTHER_BILL" | null;
            note: string | null;
            /** @description The username at that time. */
            explainedBy: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was resolved or explained.
             */
            endedAt: string | null;
        };
        ExplainDifferenceBody: {
            /** @description Visible to staff only. */
            note: string;
        };
        AdminCouponView: {
            id: string;
            /** @example 满 20 减 5 */
            name: string;
            /** @description Discount in fen. At least one fen of an order is left to pay. */
            discountFen: number;
            /** @description Minimum sum of the order's items in fen, before the discount. 0: no minimum. */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description From this time on, no order can be placed with it.
             */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Number of coupons granted to users. */
            grantedCount: number;
            /** @description Number of granted coupons that a paid order uses. */
            usedCount: number;
        };
        NewCouponBody: {
            name: string;
            /** @description Discount in fen. */
            discountFen: number;
            /**
             * @description Minimum total of the order items, in fen.
             * @default 0
             */
            minSpendFen?: number;
            /**
             * Format: date-time
             * @description A date-time, or a date (midnight in Beijing). If it is in the past, the coupon can no longer be used.
             */
            expiresAt: string;
        };
        CouponChangeBody: {
            name?: string;
            /** @description Discount in fen. Existing orders keep their discount. */
            discountFen?: number;
            /** @description Minimum total of the order items, in fen. */
            minSpendFen?: number;
            /**
             * Format: date-time
             * @description A date-time, or a date (midnight in Beijing). If it is in the past, the coupon can no longer be used.
             */
            expiresAt?: string;
        };
        GrantCouponBody: {
            /** @description The user's `id`, which is the `userId` of an order. */
            userId: string;
        };
        GrantedCouponView: {
            id: string;
            /** @example 满 20 减 5 */
            name: string;
            /** @description Discount in fen. At least one fen of an order is left to pay. */
            discountFen: number;
            /** @description Minimum sum of the order's items in fen, before the discount. 0: no minimum. */
            minSpendFen: number;
            /**
             * Format: date-time
             * @description From this time on, no order can be placed with it.
             */
            expiresAt: string;
            /**
             * @description `RESERVED`: its order is not paid yet. `USED`: its order is paid. `EXPIRED`: it was not used in time.
             * @enum {string}
             */
            status: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
            /** @description The coupon that was granted. */
            couponId: string;
            userId: string;
            /** Format: date-time */
            grantedAt: string;
        };
        AdminEventEndpointView: {
            /** @example ep_K7Q2M9XWPA0B4D1E */
            id: string;
            url: string;
            /** @description Empty for all types. */
            types: ("order.created" | "order.updated" | "order.paid" | "order.closed" | "order.late_payment" | "refund.requested" | "refund.processing" | "refund.succeeded" | "refund.failed" | "refund.abnormal" | "refund.rejected" | "refund.cancelled" | "refund.updated" | "shipment.created" | "shipment.synced" | "shipment.updated" | "bill.reconciled" | "endpoint.test")[];
            description: string;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED";
            /**
             * @description `GONE`: the receiver answered 410. Null while enabled.
             * @enum {string|null}
             */
            disabledReason: "GONE" | "BY_REQUEST" | null;
            /** @description Failed attempts since the last success. */
            failures: number;
            /**
             * Format: date-time
             * @description No attempt before this time, after failures or because of `Retry-After`.
             */
            pausedUntil: string | null;
            /**
             * Format: date-time
             * @description Until when the previous secret signs too.
             */
            previousSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Deliveries that are `WAITING`. */
            waitingCount: number;
            /** @description Deliveries that `FAILED` after all attempts in the last 30 days. */
            failedCount: number;
        };
        RetriedView: {
            /** @description Number of messages queued for another try. Messages older than a day are dropped. */
            retried: number;
        };
        PaymentView: {
            outTradeNo: string;
            /** @enum {string} */
            tradeType: "JSAPI" | "NATIVE" | "APP" | "MWEB";
            /** @enum {string} */
            status: "CREATED" | "PREPAID" | "PAID" | "CLOSED";
            amountFen: number;
            /** @description Fen paid after the order was closed or already paid. A refund does not change it. */
            refundDueFen: number;
            /**
             * @description State of the refund of `refundDueFen`. `IN_PROGRESS`: it is refunded automatically. `NEEDS_ATTENTION`: staff must act.
             * @enum {string}
             */
            refundDueState: "NONE" | "IN_PROGRESS" | "REFUNDED" | "NEEDS_ATTENTION";
            /** @description Fen of `refundDueFen` that are neither refunded nor being refunded. */
            refundDueLeftFen: number;
            /** @description Maximum amount of another refund of this payment, in fen. */
            refundableFen: number;
            /** @description WeChat's fee in fen, by its bill. Null until the bill of the day is reconciled. */
            feeFen: number | null;
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
            /** @description Fen: the requested amount, or the approved part of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` refund waits for.
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
            /**
             * @description `MERCHANT`: the buyer's account could not receive the money, and the shop took it back. The buyer has received nothing from WeChat, also when the status is `SUCCEEDED`: the shop pays in another way.
             * @enum {string}
             */
            recipient: "BUYER" | "MERCHANT";
            /**
             * Format: date-time
             * @description When the shop confirmed that it paid the buyer in another way. Only with the recipient `MERCHANT`.
             */
            paidOtherwiseAt: string | null;
            /** @description From 1; grows with every visible change. */
            version: number;
            /** @description The number in the merchant's own system. */
            merchantRefundNo: string | null;
            /** @description The refunded payment. */
            outTradeNo: string;
            /** @description WeChat's payment number. */
            transactionId: string;
            /** @description WeChat's refund number. */
            wechatRefundId: string | null;
            /** @description The id of the staff member or API key. */
            decidedBy: string | null;
            /** @description Error code of WeChat's last refusal. */
            errorCode: string | null;
            /** @description Null for a payment order. */
            userId: string | null;
            /** @description Requested amount in fen. `amountFen` is lower when staff approved less. */
            requestedFen: number;
            /** @description True for money beyond the price of the order, such as a second payment. */
            isOverpayment: boolean;
            note: string | null;
            /** @description True: the whole order returns to stock. False: only `returnItems` return. Null: the rest of the order returns once it is fully refunded and nothing was shipped. */
            returnStock: boolean | null;
            /** @description Units that return to stock: chosen when the refund is decided, returned when it succeeds. */
            returnItems: components["schemas"]["ReturnItemView"][];
            /** @description Whether the coupon returns once the order is fully refunded. Null: it returns if nothing was shipped. */
            returnCoupon: boolean | null;
            /** @description How many times it was sent to WeChat, always under the same number. */
            sendCount: number;
            errorMessage: string | null;
            /** @description What `errorCode` means; null for an unknown code. */
            errorText: components["schemas"]["ErrorText"] | null;
            /**
             * @description Where staff send the money of an `ABNORMAL` refund. Null unless WeChat accepted it, or may have accepted it.
             * @enum {string|null}
             */
            redirectTo: "MERCHANT" | "USER_BANK_CARD" | null;
            /** @description How the buyer was paid in another way, see `paidOtherwiseAt`. */
            paidOtherwiseNote: string | null;
            /**
             * Format: date-time
             * @description When WeChat accepted it.
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it is next sent or queried.
             */
            nextCheckAt: string | null;
        };
        EventView: {
            /** Format: date-time */
            at: string;
            /** @example NOTICE */
            type: string;
            /** @example Payment notice rejected: the amount does not match (1 fen, WeChat transaction ID 4200…) */
            text: string;
            /**
             * @description `result`, `outTradeNo` and the data of the event, such as `refundNo`, `amountFen` or `errorCode`. `detail` is null, or an English text for events written before data was stored.
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
            /** @description What `data.errorCode` means; null without one, and for an unknown code. */
            errorText: components["schemas"]["ErrorText"] | null;
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
        RefusedNoticesView: {
            /**
             * @description Always `payment` here: rejected refund notices and pushed messages are not counted by payment.
             * @enum {string}
             */
            kind: "payment" | "refund" | "message";
            /**
             * @description The reason for the rejection.
             * @example BAD_SIGNATURE
             */
            result: string;
            /** @description The payment that the notices name. */
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
            /** @description Amount to pay: total minus discount. */
            payableFen: number;
            paidFen: number;
            refundedFen: number;
            items: components["schemas"]["OrderItemView"][];
            /** @description The `id` of the user's coupon (user coupon). */
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
            /**
             * @description `EXTERNAL`: a payment order of the merchant's own order system.
             * @enum {string}
             */
            origin: "SHOP" | "EXTERNAL";
            /** @description From 1; grows with every visible change. */
            version: number;
            /** @description Null for a payment order. */
            userId: string | null;
            /** @description The number in the merchant's own system; null for an order of the shop. */
            merchantOrderNo: string | null;
            /** @description The newest 100, in the order in which they were created. */
            payments: components["schemas"]["PaymentView"][];
            /** @description The total number of `payments`, including those not returned here. */
            paymentsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/orders/{orderNo}/payments`. Null if all rows are returned here. */
            paymentsNextCursor: string | null;
            /** @description The newest 50, in the order in which they were requested. */
            refunds: components["schemas"]["AdminRefundView"][];
            /** @description The total number of `refunds`, including those not returned here. */
            refundsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/orders/{orderNo}/refunds`. Null if all rows are returned here. */
            refundsNextCursor: string | null;
            /** @description The first 100 shipments, oldest first. */
            shipments: components["schemas"]["ShipmentView"][];
            /** @description The total number of `shipments`, including those not returned here. */
            shipmentsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/orders/{orderNo}/shipments`. Null if all rows are returned here. */
            shipmentsNextCursor: string | null;
            /** @description The newest 100 entries of the timeline, oldest first. */
            events: components["schemas"]["EventView"][];
            /** @description The total number of `events`, including those not returned here. */
            eventsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/orders/{orderNo}/events`. Null if all rows are returned here. */
            eventsNextCursor: string | null;
            /** @description Only of a payment order: what WeChat shows to the payer. */
            description: string | null;
            /** @description Only of a payment order: its payer, if known. */
            payerOpenid: string | null;
            /** @description Only of a payment order: the further app of the merchant in which it is paid. Null for the shop's own. */
            appId: string | null;
            /** @description Only of a payment order: the merchant's own data, never sent to WeChat. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When staff blocked the buyer.
             */
            userBlockedAt: string | null;
            /** @description Fen reserved by refunds that wait for a decision or are not final yet. */
            reservedFen: number;
            /** @description Maximum amount of another refund in fen: what is neither refunded nor reserved. */
            refundableFen: number;
            /** @description WeChat's fees in fen by its bills: of the payments, minus those given back with refunds. Null while none of them is on a reconciled bill. */
            feesFen: number | null;
            /** @description What the shop receives by the bills, in fen: settled payments minus settled refunds minus fees. */
            settledFen: number | null;
            /**
             * Format: date-time
             * @description When the last shipment was sent.
             */
            shippedAt: string | null;
            /** @description The order's shipping and settlement state at WeChat. */
            settlement: components["schemas"]["SettlementView"];
            /**
             * Format: date-time
             * @description WeChat's deadline for shipping: 48 hours after the payment. Null when there is nothing to ship.
             */
            shipBy: string | null;
            /** @description At most 50, newest notice first. */
            refusedNotices: components["schemas"]["RefusedNoticesView"][];
            /** @description The total number of `refusedNotices`, including those not returned here. */
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
            /** @description Units that can still be ordered. */
            stock: number;
            imageUrl: string | null;
            /** @description If false, buyers do not see the product and cannot order it. */
            onSale: boolean;
        };
        NewProductBody: {
            name: string;
            /** @default  */
            description?: string;
            /** @description Fen. */
            priceFen: number;
            /** @description Units that can be ordered. */
            stock: number;
            /** @description An http or https URL, or empty for no image. */
            imageUrl?: string;
            /**
             * @description If false, buyers do not see the product and cannot order it.
             * @default true
             */
            onSale?: boolean;
        };
        ProductChangeBody: {
            name?: string;
            description?: string;
            /** @description Fen. Existing orders keep their price. */
            priceFen?: number;
            /** @description Units that can be ordered from now on, without the units already reserved by orders. An order placed at the same time keeps its units; when it closes, they are added to this number. */
            stock?: number;
            /** @description The `stock` that the caller has seen. If orders have changed it since, the call fails with `STOCK_CHANGED`. */
            expectedStock?: number;
            /** @description An http or https URL, or empty for no image. */
            imageUrl?: string;
            /** @description If false, buyers do not see the product and cannot order it. Stock and existing orders do not change. */
            onSale?: boolean;
        };
        RefundDecisionContext: {
            /** @description Amount of the payment that this refund belongs to. */
            paidFen: number;
            /** @description Amount of the payment already refunded. */
            refundedFen: number;
            /** @description Amount of the payment reserved by other refunds or being refunded by them. */
            reservedFen: number;
            /** @description Refundable amount of the payment. The amount of this refund is subtracted, except when it was rejected, withdrawn or has failed. */
            remainingFen: number;
            /** @description Number of refunds of this payment, including this one. WeChat allows 50. */
            refundCount: number;
            /** @description Seconds since the payment. */
            secondsSincePayment: number | null;
            /** @description Whether approving this refund in full completes the refund of the order. Only then can `returnStock` be true. */
            isFull: boolean;
        };
        RefundCouponView: {
            /** @description Id of the user coupon: the order's `couponId`. */
            id: string;
            name: string;
            /** @description Discount in fen. */
            discountFen: number;
            /** @description Minimum total of the order items, in fen. */
            minSpendFen: number;
            /** Format: date-time */
            expiresAt: string;
            /** @description True while the order uses the coupon; false after it was returned to the buyer. */
            isUsedByOrder: boolean;
        };
        AdminRefundDetailView: {
            /** @example RF20261121K7Q2M9XWPA0B */
            refundNo: string;
            orderNo: string;
            /** @enum {string} */
            kind: "USER" | "MERCHANT" | "AUTOMATIC";
            /** @description Fen: the requested amount, or the approved part of it. */
            amountFen: number;
            reason: string;
            /** @enum {string|null} */
            reasonCode: "CHANGED_MIND" | "WRONG_ITEM" | "OUT_OF_STOCK" | "NOT_RECEIVED" | "NOT_AS_DESCRIBED" | "QUALITY" | "MISSING_ITEM" | "AGREED" | "OTHER" | null;
            evidence: string[];
            /** @enum {string} */
            status: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
            /**
             * @description What a `PROCESSING` refund waits for.
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
            /**
             * @description `MERCHANT`: the buyer's account could not receive the money, and the shop took it back. The buyer has received nothing from WeChat, also when the status is `SUCCEEDED`: the shop pays in another way.
             * @enum {string}
             */
            recipient: "BUYER" | "MERCHANT";
            /**
             * Format: date-time
             * @description When the shop confirmed that it paid the buyer in another way. Only with the recipient `MERCHANT`.
             */
            paidOtherwiseAt: string | null;
            /** @description From 1; grows with every visible change. */
            version: number;
            /** @description The number in the merchant's own system. */
            merchantRefundNo: string | null;
            /** @description The refunded payment. */
            outTradeNo: string;
            /** @description WeChat's payment number. */
            transactionId: string;
            /** @description WeChat's refund number. */
            wechatRefundId: string | null;
            /** @description The id of the staff member or API key. */
            decidedBy: string | null;
            /** @description Error code of WeChat's last refusal. */
            errorCode: string | null;
            /** @description Null for a payment order. */
            userId: string | null;
            /** @description Requested amount in fen. `amountFen` is lower when staff approved less. */
            requestedFen: number;
            /** @description True for money beyond the price of the order, such as a second payment. */
            isOverpayment: boolean;
            note: string | null;
            /** @description True: the whole order returns to stock. False: only `returnItems` return. Null: the rest of the order returns once it is fully refunded and nothing was shipped. */
            returnStock: boolean | null;
            /** @description Units that return to stock: chosen when the refund is decided, returned when it succeeds. */
            returnItems: components["schemas"]["ReturnItemView"][];
            /** @description Whether the coupon returns once the order is fully refunded. Null: it returns if nothing was shipped. */
            returnCoupon: boolean | null;
            /** @description How many times it was sent to WeChat, always under the same number. */
            sendCount: number;
            errorMessage: string | null;
            /** @description What `errorCode` means; null for an unknown code. */
            errorText: components["schemas"]["ErrorText"] | null;
            /**
             * @description Where staff send the money of an `ABNORMAL` refund. Null unless WeChat accepted it, or may have accepted it.
             * @enum {string|null}
             */
            redirectTo: "MERCHANT" | "USER_BANK_CARD" | null;
            /** @description How the buyer was paid in another way, see `paidOtherwiseAt`. */
            paidOtherwiseNote: string | null;
            /**
             * Format: date-time
             * @description When WeChat accepted it.
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it is next sent or queried.
             */
            nextCheckAt: string | null;
            /** @description The order's first 100 shipments. If there is one, nothing returns to stock by default. */
            shipments: components["schemas"]["ShipmentView"][];
            /** @description The total number of `shipments`, including those not returned here. */
            shipmentsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/orders/{orderNo}/shipments`. Null if all rows are returned here. */
            shipmentsNextCursor: string | null;
            /** @description The newest 50 of the order's other refunds, in the order in which they were requested. */
            otherRefunds: components["schemas"]["RefundView"][];
            /** @description The total number of `otherRefunds`, including those not returned here. */
            otherRefundsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/refunds?orderNo=`. Null if all rows are returned here. */
            otherRefundsNextCursor: string | null;
            /** @description The newest 50 of the user's other refunds in the last 90 days, for all orders. */
            userRefunds: components["schemas"]["RefundView"][];
            /** @description The total number of `userRefunds`, including those not returned here. */
            userRefundsCount: number;
            /** @description The `cursor` for the other rows at `GET /admin/api/refunds?userId=`. Null if all rows are returned here. */
            userRefundsNextCursor: string | null;
            order: components["schemas"]["OrderView"];
            facts: components["schemas"]["RefundDecisionContext"];
            /** @description Whether `POST /admin/api/refunds/{refundNo}/redirect` can send the money elsewhere: WeChat could not pay out the refund, and its payment protocol has a call for it. If `redirectTo` is set, only that choice can be repeated. */
            canRedirect: boolean;
            /**
             * Format: date-time
             * @description When the order's last shipment was sent.
             */
            shippedAt: string | null;
            /** @description The order's shipping and settlement state at WeChat. */
            settlement: components["schemas"]["SettlementView"];
            /** @description The coupon of the order. */
            coupon: components["schemas"]["RefundCouponView"] | null;
        };
        RefundBatchBody: {
            /** @enum {string} */
            action: "approve" | "reject";
            refundNos: string[];
            /** @description Required for `reject`. */
            reason?: string;
        };
        RefundBatchRow: {
            refundNo: string;
            ok: boolean;
            /** @example REFUND_NOT_DECIDABLE */
            code?: string;
        };
        RefundBatchResponse: {
            /** @description One item for each refund, in the order of the request. */
            items: components["schemas"]["RefundBatchRow"][];
        };
        ApproveRefundBody: {
            /** @description Fen. An amount below the requested one releases the rest. */
            amountFen?: number;
            /** @description Visible to staff only. */
            note?: string;
            /** @description True: all remaining units of the order return to stock; only for a full refund of an unshipped order (otherwise `RETURN_NEEDS_ITEMS`). False: nothing returns. Default: all remaining units return once the order is fully refunded, unless something was shipped. Cannot be combined with `returnItems`. */
            returnStock?: boolean;
            /** @description The units that return to stock when this refund succeeds, independent of its amount; at most the units that were sold and have not returned (otherwise `RETURN_EXCEEDS_ORDER`). They are reserved immediately and released if the refund fails. An empty list: nothing returns. */
            returnItems?: components["schemas"]["ReturnItemBody"][];
            /** @description Whether the order's coupon returns to the buyer once the order is fully refunded. Default: it returns unless something was shipped. True requires a full refund of an order with a coupon (otherwise `COUPON_NOT_RETURNABLE`). */
            returnCoupon?: boolean;
        };
        RejectRefundBody: {
            /** @description Shown to the buyer. */
            reason: string;
        };
        AbandonRefundBody: {
            /** @description Why the refund is abandoned. Shown to staff only. */
            note: string;
        };
        CreateMerchantRefundBody: {
            /** @description Visible to staff only. */
            note?: string;
            /** @description True: all remaining units of the order return to stock; only for a full refund of an unshipped order (otherwise `RETURN_NEEDS_ITEMS`). False: nothing returns. Default: all remaining units return once the order is fully refunded, unless something was shipped. Cannot be combined with `returnItems`. */
            returnStock?: boolean;
            /** @description The units that return to stock when this refund succeeds, independent of its amount; at most the units that were sold and have not returned (otherwise `RETURN_EXCEEDS_ORDER`). They are reserved immediately and released if the refund fails. An empty list: nothing returns. */
            returnItems?: components["schemas"]["ReturnItemBody"][];
            /** @description Whether the order's coupon returns to the buyer once the order is fully refunded. Default: it returns unless something was shipped. True requires a full refund of an order with a coupon (otherwise `COUPON_NOT_RETURNABLE`). */
            returnCoupon?: boolean;
            amountFen: number;
            /** @description Shown to the payer. */
            reason: string;
            /** @description The payment to refund, of an order with several: `outTradeNo` of a paid payment. Default: a late or duplicate payment of which at least this amount is not refunded, unless `returnStock`, `returnItems` or `returnCoupon` is given; otherwise the order's own payment. */
            outTradeNo?: string;
        };
        RedirectRefundBody: {
            /**
             * @description `MERCHANT`: the merchant's bank account: the shop must then pay the buyer in another way; `USER_BANK_CARD`: a debit card of the buyer.
             * @enum {string}
             */
            to: "MERCHANT" | "USER_BANK_CARD";
            /**
             * @description Required for `USER_BANK_CARD`.
             * @enum {string}
             */
            bankType?: "CMB_DEBIT" | "COMM_DEBIT" | "ABC_DEBIT" | "CCB_DEBIT" | "ICBC_DEBIT" | "BOC_DEBIT" | "PAB_DEBIT" | "SPDB_DEBIT" | "CITIC_DEBIT" | "CEB_DEBIT" | "CMBC_DEBIT" | "CIB_DEBIT" | "GDB_DEBIT" | "PSBC_DEBIT" | "NBCB_DEBIT";
            /** @description The card number; required for `USER_BANK_CARD`. It is sent to WeChat encrypted, and not stored. */
            bankAccount?: string;
            /** @description The name of the card holder; required for `USER_BANK_CARD`. It is sent to WeChat encrypted, and not stored. */
            realName?: string;
        };
        ConfirmPaidOtherwiseBody: {
            /** @description How and when the buyer was paid. Shown to staff only. */
            note: string;
        };
        ResponsibleAccountView: {
            id: string;
            username: string;
        };
        OwnedApiKeyView: {
            /** @description The id of the key in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            /**
             * @description The beginning of the key.
             * @example wxk_live_K7Q2M9XWPA0B4D1E
             */
            prefix: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write" | "payments:read" | "payments:write" | "events:read" | "events:manage")[];
            /** @enum {string} */
            status: "ACTIVE" | "EXPIRED" | "REVOKED";
            /** @description Maximum refunds with this key per Beijing day, in fen. */
            maxRefundFenPerDay: number;
            /** @description The username of the creator at that time. */
            createdBy: string;
            /** @description The creator's account. */
            createdById: string | null;
            /** @description The responsible account. */
            responsibleId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Accurate to one minute.
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description The responsible administrator: the creator, or the one who took the key over last. */
            responsible: components["schemas"]["ResponsibleAccountView"] | null;
            /** @description True for an active key whose responsible account is disabled or no longer an ADMIN: revoke it or take it over. */
            isOrphaned: boolean;
        };
        NewApiKeyBody: {
            /** @description The purpose of the key. Letters of any script, digits, ` . _ @ + -`. */
            name: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write" | "payments:read" | "payments:write" | "events:read" | "events:manage")[];
            /**
             * @description Maximum refunds with this key per Beijing day, in fen. Limits the damage of a leaked key.
             * @default 1000000
             */
            maxRefundFenPerDay?: number;
            /**
             * Format: date-time
             * @description Default: one year from now.
             */
            expiresAt?: string;
        };
        NewApiKeyView: {
            /** @description The id of the key in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            /**
             * @description The beginning of the key.
             * @example wxk_live_K7Q2M9XWPA0B4D1E
             */
            prefix: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write" | "payments:read" | "payments:write" | "events:read" | "events:manage")[];
            /** @enum {string} */
            status: "ACTIVE" | "EXPIRED" | "REVOKED";
            /** @description Maximum refunds with this key per Beijing day, in fen. */
            maxRefundFenPerDay: number;
            /** @description The username of the creator at that time. */
            createdBy: string;
            /** @description The creator's account. */
            createdById: string | null;
            /** @description The responsible account. */
            responsibleId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Accurate to one minute.
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description The key itself. Only this response contains it. */
            key: string;
        };
        ApiKeyView: {
            /** @description The id of the key in the audit log and in `decidedBy` of a refund. */
            id: string;
            name: string;
            /**
             * @description The beginning of the key.
             * @example wxk_live_K7Q2M9XWPA0B4D1E
             */
            prefix: string;
            scopes: ("orders:read" | "orders:ship" | "refunds:write" | "payments:read" | "payments:write" | "events:read" | "events:manage")[];
            /** @enum {string} */
            status: "ACTIVE" | "EXPIRED" | "REVOKED";
            /** @description Maximum refunds with this key per Beijing day, in fen. */
            maxRefundFenPerDay: number;
            /** @description The username of the creator at that time. */
            createdBy: string;
            /** @description The creator's account. */
            createdById: string | null;
            /** @description The responsible account. */
            responsibleId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Accurate to one minute.
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
        CorrectShipmentBody: {
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
             * @description Null when the buyer is not blocked.
             */
            blockedAt: string | null;
            /**
             * Format: date-time
             * @description When the buyer first logged in.
             */
            createdAt: string;
        };
        AuditActorView: {
            id: string;
            /** @description The username at that time. */
            username: string;
        };
        AuditView: {
            id: number;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["AuditActorView"];
            /** @example refund.approve */
            action: string;
            /** @description The number or id of the changed object. */
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
             * @description A lower role ends the sessions of this account.
             * @enum {string}
             */
            role?: "VIEWER" | "OPERATOR" | "ADMIN";
            /**
             * Format: password
             * @description Ends the sessions of this account.
             */
            password?: string;
            /** @description True ends the sessions of this account and rejects further logins. */
            disabled?: boolean;
            /**
             * @description What happens to the active API keys of this account when it is disabled or demoted below ADMIN: `revoke` them, or `takeOver` the responsibility for them. The default is `revoke`, because the person may know these keys.
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
            /** @description The API keys that this change has revoked or taken over. */
            apiKeys: components["schemas"]["ApiKeyView"][];
        };
        SummaryDay: {
            /** @description Fen paid at WeChat, including late and duplicate payments. */
            paidFen: number;
            paidCount: number;
            /** @description Fen refunded, by the time of success that WeChat stated, or the time of the result if it stated none. */
            refundedFen: number;
            refundedCount: number;
            /** @description `paidFen` minus `refundedFen`. */
            netFen: number;
            /** @description WeChat's fees by its bills: of the payments, minus those given back with refunds. Null without a bill of any day. Days whose bill is not there yet are not included: `daysWithoutBill`. */
            feesFen: number | null;
            /**
             * @description A Beijing day.
             * @example 2026-11-21
             */
            date: string;
        };
        PaymentAttemptCounts: {
            /** @description Payment attempts created in this period. */
            started: number;
            /** @description Number of these attempts that are paid. */
            paid: number;
            /** @description Number of these attempts without a final result: the user may still be paying. */
            open: number;
        };
        ResultSourceCounts: {
            /** @description Number of payments in this statistic: at most the latest 1,000 of the period. */
            payments: number;
            /** @description Number of these payments whose first result came from a WeChat notice. */
            byNotice: number;
            /** @description Number of these payments whose first result came from a query of a job, a buyer or staff, before any notice. */
            byQuery: number;
            /** @description Median time from the payment to its notice, in milliseconds. */
            medianNoticeDelayMs: number | null;
        };
        SummaryView: {
            /** @description Fen paid at WeChat, including late and duplicate payments. */
            paidFen: number;
            paidCount: number;
            /** @description Fen refunded, by the time of success that WeChat stated, or the time of the result if it stated none. */
            refundedFen: number;
            refundedCount: number;
            /** @description `paidFen` minus `refundedFen`. */
            netFen: number;
            /** @description WeChat's fees by its bills: of the payments, minus those given back with refunds. Null without a bill of any day. Days whose bill is not there yet are not included: `daysWithoutBill`. */
            feesFen: number | null;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Refunds that wait for a decision now, independent of the period. */
            pendingRefunds: number;
            pendingRefundFen: number;
            /** @description Number of `days` whose fees are not known, because their bill is not reconciled. */
            daysWithoutBill: number;
            /** @description The days with payments or refunds, in order. */
            days: components["schemas"]["SummaryDay"][];
            attempts: components["schemas"]["PaymentAttemptCounts"];
            resultSources: components["schemas"]["ResultSourceCounts"];
        };
        PendingRefundCount: {
            count: number;
            amountFen: number;
            /**
             * Format: date-time
             * @description When the oldest of them was requested.
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
             * @description The result of the newest contradicting event.
             * @example AMOUNT_MISMATCH
             */
            result: string;
            /** Format: date-time */
            at: string;
        };
        ContradictionsView: {
            /** @description Number of orders. `GET /admin/api/orders?problem=contradiction` lists them. */
            count: number;
            /** @description Newest first, at most ten. */
            orders: components["schemas"]["ContradictedOrderView"][];
        };
        EventsToDoView: {
            /** @description Event endpoints that are disabled because the receiver answered 410. */
            disabledEndpoints: number;
            /** @description Deliveries of events that `FAILED` after all attempts in the last 30 days. */
            failedDeliveries: number;
        };
        BillsToDoView: {
            /** @description Days of the last three months with open differences or an incomplete file. */
            days: number;
            /** @description Their open differences. */
            openDifferences: number;
            /**
             * @description The oldest of these days.
             * @example 2026-11-21
             */
            firstDate: string | null;
            /** @description True from noon in Beijing while the bill of yesterday is not `BALANCED`. */
            isYesterdayOpen: boolean;
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
            /** @description Paid orders that are not completely shipped. */
            count: number;
            /** @description Number of these orders whose 48 hours are over. */
            overdueCount: number;
            /** @description The orders with the earliest deadline, at most ten. */
            first: components["schemas"]["OrderToShipView"][];
            /** @description Shipments whose upload WeChat refuses: staff must act. */
            stuckUploads: number;
            /** @description The orders of these shipments, at most ten. */
            stuck: components["schemas"]["OrderNoView"][];
            /**
             * Format: date-time
             * @description When WeChat last sent a warning about the whole mini-program; null without a warning in the last week.
             */
            warnedAt: string | null;
        };
        ToDoView: {
            /** @description Refunds that wait for a decision. */
            waiting: components["schemas"]["PendingRefundCount"];
            /** @description `ABNORMAL` refunds: staff must act. */
            abnormal: components["schemas"]["RefundCount"];
            /** @description Refunds that `FAILED` in the last 30 days and are not covered by later refunds of the same payment: `?status=FAILED&unresolved=true`. */
            failed: components["schemas"]["RefundCount"];
            /** @description Refunds whose money came back to the merchant: staff pay the buyer in another way and confirm it: `?toPayOtherwise=true`. */
            toPayOtherwise: components["schemas"]["RefundCount"];
            /** @description Orders with WeChat results of the last 30 days that contradict our records. */
            contradictions: components["schemas"]["ContradictionsView"];
            /** @description Refunds with `UNKNOWN_OUTCOME` for more than ten minutes after the decision. */
            unknown: components["schemas"]["RefundCount"];
            /** @description Refunds with `NOT_ENOUGH_FUNDS`: they are sent once the merchant account has enough money. */
            outOfFunds: components["schemas"]["RefundCount"];
            /** @description Automatic refunds since midnight in Beijing. */
            automaticToday: components["schemas"]["RefundCount"];
            /** @description Subscribe messages to buyers that a configuration error keeps from being sent. */
            stuckMessages: number;
            /** @description Events for the systems of the merchant. */
            events: components["schemas"]["EventsToDoView"];
            /** @description Differences between WeChat's bills and our records. */
            bills: components["schemas"]["BillsToDoView"];
            /** @description Null with SHIPPING_UPLOAD=off. */
            shipping: components["schemas"]["ShippingToDoView"] | null;
            /** @description Whole days until the merchant certificate expires; null without a certificate. */
            certificateDaysLeft: number | null;
            /**
             * Format: date-time
             * @description When the last valid WeChat notice arrived.
             */
            lastNoticeAt: string | null;
            /**
             * Format: date-time
             * @description The current time of the service.
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    CouponController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    OrderController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    V2NotifyController_payment: {
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
    V2NotifyController_refund: {
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
    V3NotifyController_payment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result is durably applied, now or before. */
            204: {
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
            /** @description Rejected: `{ "code": "FAIL", "message": "…" }`. WeChat sends the notice again. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        code: "FAIL";
                        message: string;
                    };
                };
            };
            /** @description Rejected: `{ "code": "FAIL", "message": "…" }`. WeChat sends the notice again. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        code: "FAIL";
                        message: string;
                    };
                };
            };
        };
    };
    V3NotifyController_refund: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result is durably applied, now or before. */
            204: {
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
            /** @description Rejected: `{ "code": "FAIL", "message": "…" }`. WeChat sends the notice again. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        code: "FAIL";
                        message: string;
                    };
                };
            };
            /** @description Rejected: `{ "code": "FAIL", "message": "…" }`. WeChat sends the notice again. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        code: "FAIL";
                        message: string;
                    };
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
            /** @description The message is rejected; the body gives the reason in one word. */
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
    PaymentOrderController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
                to?: string;
                merchantOrderNo?: string;
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
                        items: components["schemas"]["PaymentOrderView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    PaymentOrderController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePaymentOrderBody"];
            };
        };
        responses: {
            /** @description The existing order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOrderView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOrderView"];
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
            /** @description `FORBIDDEN`, `WECHAT_USER_BLOCKED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `MERCHANT_ORDER_NO_TAKEN` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_RATE_LIMITED` */
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
    PaymentOrderController_show: {
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
                    "application/json": components["schemas"]["PaymentOrderView"];
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
    PaymentOrderController_pay: {
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
                "application/json": components["schemas"]["PayPaymentOrderBody"];
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
            /** @description `UNAUTHENTICATED`, `WECHAT_CODE_INVALID` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `FORBIDDEN`, `WECHAT_USER_BLOCKED` */
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
            /** @description `ORDER_NOT_PAYABLE`, `PAYER_REQUIRED`, `TRADE_TYPE_NOT_ALLOWED`, `ORDER_BUSY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_RATE_LIMITED` */
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
    PaymentOrderController_close: {
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
                    "application/json": components["schemas"]["PaymentOrderView"];
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
    PaymentOrderController_sync: {
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
                    "application/json": components["schemas"]["PaymentOrderView"];
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
    PaymentOrderController_reopen: {
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
                "application/json": components["schemas"]["ReopenPaymentOrderBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOrderView"];
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
            /** @description `ORDER_NOT_REOPENABLE` */
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
    PaymentOrderController_refund: {
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
                "application/json": components["schemas"]["RefundPaymentOrderBody"];
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
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `REFUND_LIMIT_REACHED`, `MERCHANT_REFUND_NO_TAKEN` */
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
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
                to?: string;
                refundStatus?: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
                /** @description `unshipped`: paid, not fully refunded and not completely shipped. */
                shipping?: "unshipped" | "shipped";
                /** @description `contradiction`: a WeChat result of the last 30 days contradicts our records, as counted by `GET /admin/api/to-do`. */
                problem?: "contradiction";
                /** @description Any number of the order: orderNo, merchantOrderNo, outTradeNo, transactionId, refundNo, merchantRefundNo, WeChat's refund id. */
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
                        items: components["schemas"]["OrderWithOriginView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
            header?: {
                /** @description 1 to 64 printable ASCII characters, stored for a week. Required without `merchantRefundNo`. */
                "Idempotency-Key"?: string;
            };
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateServerRefundBody"];
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
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `REFUND_LIMIT_REACHED`, `IDEMPOTENCY_KEY_REUSED`, `MERCHANT_REFUND_NO_TAKEN`, `RETURN_NEEDS_ITEMS`, `RETURN_EXCEEDS_ORDER`, `RETURN_NOT_POSSIBLE`, `COUPON_NOT_RETURNABLE` */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    ServerEventController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The `nextCursor` of the previous answer, or the id of an event: only later events are returned. Without it, the list begins with the oldest event. */
                after?: string;
                /** @description Event types, separated by commas. Default: all. */
                types?: string;
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
                    "application/json": components["schemas"]["EventFeedPage"];
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
    ServerEventController_redeliver: {
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
                    "application/json": components["schemas"]["RedeliveryView"];
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
            /** @description `EVENT_NOT_FOUND` */
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
    ServerEventEndpointController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
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
                        items: components["schemas"]["EventEndpointView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    ServerEventEndpointController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEventEndpointBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventEndpointWithSecretView"];
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
            /** @description `EVENT_ENDPOINT_LIMIT_REACHED` */
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
    ServerEventEndpointController_delete: {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    ServerEventEndpointController_change: {
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
                "application/json": components["schemas"]["ChangeEventEndpointBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventEndpointView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    ServerEventEndpointController_rotate: {
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
                "application/json": components["schemas"]["RotateSecretBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventEndpointWithSecretView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    ServerEventEndpointController_sendTest: {
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
                    "application/json": components["schemas"]["FeedEventView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `EVENT_ENDPOINT_DISABLED` */
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
    ServerEventEndpointController_replay: {
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
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `EVENT_ENDPOINT_DISABLED` */
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
    ServerEventEndpointController_listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "WAITING" | "DELIVERED" | "FAILED";
            };
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
                    "application/json": {
                        items: components["schemas"]["EventDeliveryView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    AdminAuthController_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaffLoginBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffLoginResponse"];
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
                "application/json": components["schemas"]["StaffLoginBody"];
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
                    "application/json": components["schemas"]["CurrentStaffView"];
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
    BillExportController_exportMonth: {
        parameters: {
            query: {
                /** @description A month in Beijing. */
                month: string;
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
                    "text/csv": string;
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
    BillController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                /** @description Days at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Days before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
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
                        items: components["schemas"]["BillView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    BillController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A Beijing day, by WeChat's time. */
                date: string;
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
                    "application/json": components["schemas"]["BillDetailView"];
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
            /** @description `BILL_NOT_FOUND` */
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
    BillController_reconcile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A Beijing day, by WeChat's time. */
                date: string;
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
                    "application/json": components["schemas"]["BillView"];
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
            /** @description `BILL_BUSY` */
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
    BillController_differences: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                status?: "OPEN" | "RESOLVED" | "EXPLAINED";
            };
            header?: never;
            path: {
                /** @description A Beijing day, by WeChat's time. */
                date: string;
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
                        items: components["schemas"]["BillDifferenceView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
            /** @description `BILL_NOT_FOUND` */
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
    BillController_explain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A Beijing day, by WeChat's time. */
                date: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainDifferenceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillDifferenceView"];
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
            /** @description `BILL_NOT_FOUND`, `BILL_DIFFERENCE_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `BILL_DIFFERENCE_NOT_OPEN` */
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
    BillController_file: {
        parameters: {
            query: {
                /** @description `trade`: payments and refunds. `fund`: movements of the account. */
                kind: "trade" | "fund";
            };
            header?: never;
            path: {
                /** @description A Beijing day, by WeChat's time. */
                date: string;
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
                    "text/csv": string;
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
            /** @description `BILL_NOT_FOUND`, `BILL_FILE_NOT_FOUND` */
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
    AdminCouponController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                /** @description A coupon's `id`, or a part of its name. */
                q?: string;
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    AdminEventController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The `nextCursor` of the previous answer, or the id of an event: only later events are returned. Without it, the list begins with the oldest event. */
                after?: string;
                /** @description Event types, separated by commas. Default: all. */
                types?: string;
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
                    "application/json": components["schemas"]["EventFeedPage"];
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
    AdminEventController_redeliver: {
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
                    "application/json": components["schemas"]["RedeliveryView"];
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
            /** @description `EVENT_NOT_FOUND` */
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
    AdminEventEndpointController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                /** @description The id, or a part of the URL or the description. */
                q?: string;
                status?: "ENABLED" | "DISABLED";
                /** @description `GONE`: as counted in `to-do`. */
                disabledReason?: "GONE" | "BY_REQUEST";
                /** @description With or without `FAILED` deliveries. */
                hasFailed?: boolean;
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
                        items: components["schemas"]["AdminEventEndpointView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    AdminEventEndpointController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEventEndpointBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventEndpointWithSecretView"];
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
            /** @description `EVENT_ENDPOINT_LIMIT_REACHED` */
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
    AdminEventEndpointController_get: {
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
                    "application/json": components["schemas"]["AdminEventEndpointView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    AdminEventEndpointController_delete: {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    AdminEventEndpointController_change: {
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
                "application/json": components["schemas"]["ChangeEventEndpointBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventEndpointView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    AdminEventEndpointController_rotate: {
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
                "application/json": components["schemas"]["RotateSecretBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventEndpointWithSecretView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
    AdminEventEndpointController_sendTest: {
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
                    "application/json": components["schemas"]["FeedEventView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `EVENT_ENDPOINT_DISABLED` */
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
    AdminEventEndpointController_replay: {
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
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `EVENT_ENDPOINT_DISABLED` */
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
    AdminEventEndpointController_listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "WAITING" | "DELIVERED" | "FAILED";
            };
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
                    "application/json": {
                        items: components["schemas"]["EventDeliveryView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
            /** @description `EVENT_ENDPOINT_NOT_FOUND` */
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
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Created before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
                to?: string;
                refundStatus?: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
                /** @description `unshipped`: paid, not fully refunded and not completely shipped. */
                shipping?: "unshipped" | "shipped";
                /** @description `contradiction`: a WeChat result of the last 30 days contradicts our records, as counted by `GET /admin/api/to-do`. */
                problem?: "contradiction";
                /** @description Any number of the order: orderNo, merchantOrderNo, outTradeNo, transactionId, refundNo, merchantRefundNo, WeChat's refund id. */
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
                        items: components["schemas"]["OrderWithOriginView"][];
                        nextCursor: string | null;
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description 1 to 64 printable ASCII characters, stored for a week. The same key returns the same refund. */
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
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                /** @description A product's `id`, or a part of its name. */
                q?: string;
                /** @description Only products on sale, or only products off sale. */
                onSale?: boolean;
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                status?: "REQUESTED" | "REJECTED" | "CANCELLED" | "PROCESSING" | "SUCCEEDED" | "ABNORMAL" | "FAILED";
                /** @description Requested at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Requested before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
                to?: string;
                /** @description Only refunds of this order. */
                orderNo?: string;
                /** @description Only refunds of this buyer. */
                userId?: string;
                kind?: "USER" | "MERCHANT" | "AUTOMATIC";
                /** @description What the refund waits for. */
                waitReason?: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME";
                /** @description Only `FAILED` refunds of the last 30 days that are not covered by later refunds of their payment, as counted in `to-do`. */
                unresolved?: boolean;
                /** @description Only refunds whose money came back to the merchant, until staff confirm that the buyer was paid in another way, as counted in `to-do`. */
                toPayOtherwise?: boolean;
                /** @description refundNo, merchantRefundNo, WeChat's refund id, orderNo, merchantOrderNo, outTradeNo or transactionId. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
    RedirectRefundController_redirect: {
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
                "application/json": components["schemas"]["RedirectRefundBody"];
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
            /** @description `REFUND_NOT_DECIDABLE`, `REFUND_ALREADY_REDIRECTED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `WECHAT_REJECTED`, `WECHAT_UNAVAILABLE` */
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
    RedirectRefundController_confirmPaidOtherwise: {
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
                "application/json": components["schemas"]["ConfirmPaidOtherwiseBody"];
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
    ApiKeyController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                /** @description A key's `id` or its name. */
                q?: string;
                /** @description Only keys with this responsible account. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                "application/json": components["schemas"]["CorrectShipmentBody"];
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
                "application/json": components["schemas"]["CorrectShipmentBody"];
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
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The number or id of the changed object, or the username of the actor. */
                q?: string;
                action?: string;
                /** @description Done at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Done before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                withTotal?: boolean;
                /** @description A username, or the `id` of an account. */
                q?: string;
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
                        /** @description Only in admin lists, and only with `?withTotal=true`. */
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
                /** @description Default: the last 30 Beijing days, including today. Payments and refunds that happened at or after. A bare day such as `2026-12-10` means midnight in Beijing at its beginning. */
                from?: string;
                /** @description Default: the end of today in Beijing. Payments and refunds that happened before. A bare day such as `2026-12-10` means midnight in Beijing at its beginning, so that the day itself is not included. */
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
