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
        post: operations["AuthController_phone"];
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
        get: operations["AuthController_me"];
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
        post: operations["AdminAuthController_session"];
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
        get: operations["AdminAuthController_me"];
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
        post: operations["AdminAuthController_password"];
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
        /** Put a product on the shelf */
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
         * @description Placed orders keep their name and price. A product is taken off sale by a stock of 0.
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
        post: operations["AdminRefundController_batch"];
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
        /** Send or ask again now, under the same number */
        post: operations["AdminRefundController_retry"];
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
        get?: never;
        put?: never;
        /** Give money back of our own accord: decided and sent at once */
        post: operations["AdminRefundController_give"];
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
         * @description A lower role, a new password and `disabled: true` end every session of this person at once; whoever changes their own account keeps the session they do it with. The last active ADMIN can be neither disabled nor demoted.
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
        get: operations["SummaryController_sums"];
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
        get: operations["SummaryController_waiting"];
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
        get: operations["HealthController_alive"];
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
        get: operations["HealthController_ready"];
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
            code: "VALIDATION_FAILED" | "UNAUTHENTICATED" | "BAD_CREDENTIALS" | "WECHAT_CODE_INVALID" | "FORBIDDEN" | "WECHAT_USER_BLOCKED" | "NOT_FOUND" | "PRODUCT_NOT_FOUND" | "ORDER_NOT_FOUND" | "ADMIN_NOT_FOUND" | "REFUND_NOT_FOUND" | "OUT_OF_STOCK" | "COUPON_NOT_USABLE" | "ORDER_NOT_PAYABLE" | "ORDER_NOT_CANCELLABLE" | "ORDER_NOT_REFUNDABLE" | "REFUND_EXCEEDS_PAYMENT" | "REFUND_NOT_DECIDABLE" | "ORDER_BUSY" | "IDEMPOTENCY_KEY_REUSED" | "USERNAME_TAKEN" | "LAST_ADMIN" | "STOCK_CHANGED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "TOO_MANY_REQUESTS" | "TOO_MANY_ATTEMPTS" | "WECHAT_RATE_LIMITED" | "INTERNAL" | "WECHAT_UNAVAILABLE" | "WECHAT_REJECTED" | "SERVICE_UNAVAILABLE";
            detail: string;
            requestId: string;
            /** @description Whether the same call may succeed later. */
            retryable: boolean;
            errors?: components["schemas"]["FieldErrorDto"][];
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
        LoginAnswer: {
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
        PhoneAnswer: {
            /**
             * @description Masked.
             * @example 138****0000
             */
            phone: string;
        };
        MeAnswer: {
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
            couponId?: string | null;
            remark?: string | null;
        };
        OrderItemView: {
            productId: string;
            name: string;
            /** @description Fen for one piece. */
            unitFen: number;
            quantity: number;
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
        PayBody: {
            /**
             * @default JSAPI
             * @enum {string}
             */
            tradeType: "JSAPI" | "NATIVE";
        };
        PayView: {
            orderNo: string;
            /** @description WeChat's `out_trade_no` of this attempt. */
            outTradeNo: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description JSAPI: goes straight into `wx.requestPayment` (`appId`, `timeStamp`, `nonceStr`, `package`, `packageValue`, `signType`, `paySign`). NATIVE: `codeUrl`, to be shown as a QR code. */
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
        AdminLoginAnswer: {
            token: string;
            /** @description Seconds until the token dies. */
            expiresIn: number;
            admin: components["schemas"]["AdminView"];
        };
        ConsoleSessionAnswer: {
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
        PaymentView: {
            outTradeNo: string;
            /** @enum {string} */
            tradeType: "JSAPI" | "NATIVE";
            /** @enum {string} */
            status: "CREATED" | "PREPAID" | "PAID" | "CLOSED";
            amountFen: number;
            /** @description Money that must be given back: the order was closed or paid already. */
            owedBackFen: number;
            transactionId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            paidAt: string | null;
            /** Format: date-time */
            closedAt: string | null;
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
            /** @description Null: the goods return when all of the money is back. */
            returnStock: boolean | null;
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
        EventView: {
            /** Format: date-time */
            at: string;
            /** @example NOTICE */
            type: string;
            /** @example Notice refused: AMOUNT_MISMATCH (1 fen, transaction 4200…) */
            text: string;
            data: {
                [key: string]: unknown;
            };
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
            payments: components["schemas"]["PaymentView"][];
            refunds: components["schemas"]["AdminRefundView"][];
            /** @description The time line, in order. */
            events: components["schemas"]["EventView"][];
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
            imageUrl?: string | null;
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
            imageUrl?: string | null;
        };
        RefundFacts: {
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
        };
        RefundDeskView: {
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
            /** @description Null: the goods return when all of the money is back. */
            returnStock: boolean | null;
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
            facts: components["schemas"]["RefundFacts"];
            /** @description The order's other refunds. */
            parts: components["schemas"]["RefundView"][];
            /** @description The user's refunds of the last 90 days, of all their orders. */
            userRefunds: components["schemas"]["RefundView"][];
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
        RefundBatchAnswer: {
            /** @description Each is decided on its own, in the order given. */
            items: components["schemas"]["RefundBatchRow"][];
        };
        ApproveRefundBody: {
            /** @description Fen; less than was asked for frees the rest. */
            amountFen?: number;
            /** @description For the staff alone. */
            note?: string;
            /** @description Whether the goods return; by default when all of the money is given back. */
            returnStock?: boolean;
        };
        RejectRefundBody: {
            /** @description The buyer reads it. */
            reason: string;
        };
        GiveRefundBody: {
            /** @description For the staff alone. */
            note?: string;
            /** @description Whether the goods return; by default when all of the money is given back. */
            returnStock?: boolean;
            amountFen: number;
            /** @description The payer reads it. */
            reason: string;
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
        StartedPayments: {
            /** @description Attempts to pay that were begun in this time. */
            started: number;
            /** @description Of these, paid. */
            paid: number;
            /** @description Of these, not yet decided: the user may be paying. */
            open: number;
        };
        HeardPayments: {
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
            attempts: components["schemas"]["StartedPayments"];
            heard: components["schemas"]["HeardPayments"];
        };
        WaitingRefunds: {
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
        ToDoView: {
            /** @description Refunds that wait for a decision. */
            waiting: components["schemas"]["WaitingRefunds"];
            /** @description `ABNORMAL`: only a person can go on. */
            abnormal: components["schemas"]["RefundCount"];
            /** @description `UNKNOWN_OUTCOME` for more than ten minutes since the decision. */
            unknown: components["schemas"]["RefundCount"];
            /** @description `NOT_ENOUGH_FUNDS`: they go out once the account is filled. */
            outOfFunds: components["schemas"]["RefundCount"];
            /** @description Refunds that the shop began by itself since midnight in Beijing. */
            automaticToday: components["schemas"]["RefundCount"];
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
                    "application/json": components["schemas"]["LoginAnswer"];
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
    AuthController_phone: {
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
                    "application/json": components["schemas"]["PhoneAnswer"];
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
    AuthController_me: {
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
                    "application/json": components["schemas"]["MeAnswer"];
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
                /** @description Created at or after. */
                from?: string;
                /** @description Created before. */
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
            /** @description `PRODUCT_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description `OUT_OF_STOCK`, `COUPON_NOT_USABLE`, `IDEMPOTENCY_KEY_REUSED` */
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
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `IDEMPOTENCY_KEY_REUSED` */
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
                    "application/json": components["schemas"]["AdminLoginAnswer"];
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
    AdminAuthController_session: {
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
                    "application/json": components["schemas"]["ConsoleSessionAnswer"];
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
    AdminAuthController_me: {
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
    AdminAuthController_password: {
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
    AdminOrderController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                status?: "PENDING" | "PAID" | "CLOSED";
                /** @description Created at or after. */
                from?: string;
                /** @description Created before. */
                to?: string;
                refundStatus?: "NONE" | "REQUESTED" | "PROCESSING" | "PARTIAL" | "FULL";
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
                    "application/json": components["schemas"]["ProductView"];
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
                    "application/json": components["schemas"]["ProductView"];
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
                    "application/json": components["schemas"]["ProductView"];
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
                /** @description Requested at or after. */
                from?: string;
                /** @description Requested before. */
                to?: string;
                kind?: "USER" | "MERCHANT" | "AUTOMATIC";
                /** @description What it waits for. */
                waitReason?: "NOT_ENOUGH_FUNDS" | "RATE_LIMITED" | "UNKNOWN_OUTCOME";
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
                    "application/json": components["schemas"]["RefundDeskView"];
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
    AdminRefundController_batch: {
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
                    "application/json": components["schemas"]["RefundBatchAnswer"];
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
            /** @description `REFUND_EXCEEDS_PAYMENT`, `REFUND_NOT_DECIDABLE` */
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
    AdminRefundController_give: {
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
                "application/json": components["schemas"]["GiveRefundBody"];
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
            /** @description `ORDER_NOT_REFUNDABLE`, `REFUND_EXCEEDS_PAYMENT`, `IDEMPOTENCY_KEY_REUSED` */
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
    AuditLogController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description What was changed (its number or id), or the name of who did it. */
                q?: string;
                action?: string;
                /** @description Done at or after. */
                from?: string;
                /** @description Done before. */
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
                /** @description A username. */
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
    SummaryController_sums: {
        parameters: {
            query?: {
                /** @description At or after; by default the last 30 days of Beijing, today included. */
                from?: string;
                /** @description Before; by default the end of today in Beijing. */
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
    SummaryController_waiting: {
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
    HealthController_alive: {
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
    HealthController_ready: {
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
