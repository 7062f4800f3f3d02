/* eslint-disable -- generated: made by `npm run build` from the OpenAPI description. Do not edit. */

export interface paths {
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
        PaymentOrderLineView: {
            name: string;
            /** @description Fen per unit. */
            unitFen: number;
            quantity: number;
        };
        PayerView: {
            openid: string;
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
        FieldErrorDto: {
            /** @example items.0.quantity */
            field: string;
            message: string;
        };
        PayPaymentOrderBody: {
            /** @enum {string} */
            tradeType: "JSAPI" | "NATIVE" | "APP" | "MWEB";
            /** @description Stored if the order has no payer yet. Once the payer is known, another `openid` is rejected, and a `code` is not exchanged. */
            payer?: components["schemas"]["PayerBody"];
            /** @description The payer's IP address, which MWEB needs. Default: the caller's address. */
            clientIp?: string;
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
        ErrorText: {
            en: string;
            zh: string;
            /** @description True when the message beside the code is this service's own English and says the same: show only one. */
            replacesMessage?: boolean;
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
        ReturnItemBody: {
            /** @description A product's `id`, as in the order's `items`. */
            productId: string;
            quantity: number;
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
        EventFeedPage: {
            items: components["schemas"]["FeedEventView"][];
            /** @description The value of `after` for the next call, also at the end of the list, so that polling can continue there. Null only while there is no event at all. */
            nextCursor: string | null;
            /** @description Whether later events exist now. False at the end of the list. */
            hasMore: boolean;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
}
