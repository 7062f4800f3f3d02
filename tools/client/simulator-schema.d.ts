/* eslint-disable -- generated: made by `npm run build` from the OpenAPI description. Do not edit. */

export interface paths {
    "/_control/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All WeChat users */
        get: operations["UsersController_list"];
        put?: never;
        /** Create a user, or change the one with this openid */
        post: operations["UsersController_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a code of wx.login, valid for one login within 5 minutes */
        post: operations["UsersController_issueCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/phone-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a code of the getPhoneNumber button, valid for one exchange within 5 minutes */
        post: operations["PhoneCodesController_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/message-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The templates of the mini-program */
        get: operations["SubscribeMessagesController_listTemplates"];
        put?: never;
        /** Add a template, or replace the one with this id */
        post: operations["SubscribeMessagesController_addTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/users/{openid}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The choice of a user in wx.requestSubscribeMessage: each consent allows one message */
        post: operations["SubscribeMessagesController_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/subscribe-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The delivered messages, in order */
        get: operations["SubscribeMessagesController_listSent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/cashier/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** wx.requestPayment and the decision of the payer */
        post: operations["CashierController_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/cashier/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Only open the payment sheet; POST pay with the same arguments decides */
        post: operations["CashierController_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/cashier/app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay an APP order with the SDK */
        post: operations["CashierController_app"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/cashier/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scan the QR code of a NATIVE order */
        post: operations["CashierController_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/cashier/mweb": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Follow the mweb_url of an MWEB order in a mobile browser */
        post: operations["CashierController_mobileWeb"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All orders, oldest first */
        get: operations["OrdersController_list"];
        put?: never;
        /** An order that another system of the merchant placed; every call and the bills know it */
        post: operations["OrdersController_placeForeign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order: state, all stored parameters, transaction, refunds */
        get: operations["OrdersController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Force a state, and optionally the state after it */
        post: operations["OrdersController_setState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay without a phone */
        post: operations["OrdersController_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All refunds, oldest first */
        get: operations["RefundsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/refunds/{out_refund_no}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One refund */
        get: operations["RefundsController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/refunds/{out_refund_no}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish a refund now, or finish an abnormal one by hand; the notice follows */
        post: operations["RefundsController_setState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/refunds/{out_refund_no}/notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a notice to the refund's notify_url and return the merchant's response */
        post: operations["RefundsController_notify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}/vendor-refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refund in the merchant platform: the merchant’s server can learn of it only from the notice */
        post: operations["RefundsController_refundByHand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All notices with their attempts, responses and next due time */
        get: operations["NoticesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/notices/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a notice again now */
        post: operations["NoticesController_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}/notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a notice to the order's notify_url and return the merchant's response */
        post: operations["NoticesController_notify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}/shipping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shipping information of a payment as WeChat stores it */
        get: operations["ControlShippingController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/orders/{out_trade_no}/confirm-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The buyer confirms the receipt; the settlement follows */
        post: operations["ControlShippingController_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/message-push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address that messages are sent to */
        get: operations["MessagePushController_read"];
        /** Set the address and format of messages */
        put: operations["MessagePushController_change"];
        post?: never;
        /** Stop sending messages */
        delete: operations["MessagePushController_stop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/message-push/handshake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The check when the address is saved: GET with echostr, which must be returned */
        post: operations["MessagePushController_handshake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/message-push/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message now, valid or forged, and return the response */
        post: operations["MessagePushController_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Faults that are still waiting for a call or notice */
        get: operations["FaultsController_list"];
        put?: never;
        /** Inject a fault into the next call or notice */
        post: operations["FaultsController_add"];
        /** Clear all faults and close the connections that they keep open */
        delete: operations["FaultsController_clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The virtual time */
        get: operations["StateController_readClock"];
        /** Change the speed of the clock, jump ahead, or both */
        put: operations["StateController_changeClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/behaviours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How WeChat behaves where the documents do not say */
        get: operations["StateController_readBehaviours"];
        /** Change the given behaviours and keep the others */
        put: operations["StateController_changeBehaviours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/merchant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The merchant’s balance and settings */
        get: operations["MerchantController_read"];
        /** Change the given settings and keep the others */
        put: operations["MerchantController_change"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/merchant/top-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add money to the balance */
        post: operations["MerchantController_topUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/merchant/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw money to the merchant’s bank */
        post: operations["MerchantController_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/tokens/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke all access tokens of an appid, as if another server had requested new ones */
        post: operations["TokensController_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The certificates of the merchant platform, and invalid ones for tests; new at each start */
        get: operations["CertificatesController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Beijing days with entries, oldest first */
        get: operations["BillsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/bills/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bills of a Beijing day as they were made */
        get: operations["BillsController_one"];
        /** Delivers the bills of a day otherwise: not ready, none, damaged. Possible at any time */
        put: operations["BillsController_deliver"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/bills/{date}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another column, wrong totals or wrong balances, before the bills of the day are made */
        post: operations["BillsController_changeFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/bills/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A missing line, or another amount, fee, status or name, before the bill is made */
        post: operations["BillsController_changeLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/bills/late": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves a payment or refund to the next day’s bills, as WeChat does around midnight */
        post: operations["BillsController_postpone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/bills/extra-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment that stands on the bills and that no query knows */
        post: operations["BillsController_addExtraPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All messages received and sent, in order */
        get: operations["RecordsController_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/messages/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that started or finished since `after`, including notices that a fault withheld */
        get: operations["RecordsController_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments and refunds of each order, to compare with the records of the shop */
        get: operations["RecordsController_readLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_control/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset everything except the clock */
        post: operations["RecordsController_reset"];
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
        NewUserRequest: {
            /** @description 28 characters, begins with o; generated when absent */
            openid?: string;
            /** @description Openids under further appids of the merchant; generated when absent */
            extraOpenids?: {
                [key: string]: string;
            };
            unionid?: string;
            name?: string;
            /** @description Balance of the wallet; absent: unlimited */
            balanceFen?: number;
        };
        UserView: {
            /** @description Under the mini-program’s appid */
            openid: string;
            /** @description Under the mobile app’s */
            mobileOpenid: string;
            /** @description Under further appids */
            extraOpenids: {
                [key: string]: string;
            };
            unionid?: string;
            name: string;
            /** @description Absent: unlimited */
            balanceFen?: number;
        };
        UserViewList: {
            items: components["schemas"]["UserView"][];
        };
        CodeRequest: {
            /** @description Who logs in. Default: a new user */
            openid?: string;
            /**
             * @description jscode2session responds with this errcode for the code
             * @example 40226
             */
            errcode?: number;
        };
        CodeView: {
            code: string;
            openid: string;
            /**
             * Format: date-time
             * @description Virtual time
             */
            expiresAt: string;
        };
        PhoneCodeRequest: {
            /**
             * @description Without the country code; generated when absent
             * @example 13800138000
             */
            number?: string;
            /** @default 86 */
            countryCode?: string;
            /**
             * @description getuserphonenumber responds with this errcode for the code
             * @example 40029
             */
            errcode?: number;
        };
        PhoneCodeView: {
            code: string;
            countryCode: string;
            number: string;
            /**
             * Format: date-time
             * @description Virtual time
             */
            expiresAt: string;
        };
        TemplateView: {
            /** @example SimOrderPaid0000000000000000000000000000000 */
            templateId: string;
            /** @example 支付成功通知 */
            title: string;
            /**
             * @example [
             *       "character_string1",
             *       "amount2"
             *     ]
             */
            keys: string[];
        };
        TemplateViewList: {
            items: components["schemas"]["TemplateView"][];
        };
        TemplateRequest: {
            /** @example SimOrderPaid0000000000000000000000000000000 */
            templateId: string;
            /** @example 支付成功通知 */
            title: string;
            /**
             * @example [
             *       "character_string1",
             *       "amount2"
             *     ]
             */
            keys: string[];
        };
        ConsentRequest: {
            /** @description One to three, as wx.requestSubscribeMessage accepts them */
            templateIds: string[];
            /**
             * @default accept
             * @enum {string}
             */
            decision?: "accept" | "reject";
        };
        ConsentView: {
            templateId: string;
            /** @description Messages that may still be sent */
            left: number;
        };
        ConsentViewList: {
            items: components["schemas"]["ConsentView"][];
        };
        SentMessageView: {
            id: number;
            /**
             * Format: date-time
             * @description Virtual time
             */
            at: string;
            openid: string;
            templateId: string;
            title: string;
            page: string | null;
            data: {
                [key: string]: string;
            };
            /** @enum {string} */
            miniprogramState: "developer" | "trial" | "formal";
            /** @example zh_CN */
            lang: string;
        };
        SentMessageViewList: {
            items: components["schemas"]["SentMessageView"][];
        };
        JsapiRequest: {
            /** @description The part of the price that a coupon pays: cash_fee is lower by this amount */
            couponFen?: number;
            /**
             * @description Number of coupons that share couponFen
             * @default 1
             */
            couponCount?: number;
            /**
             * @default NO_CASH
             * @enum {string}
             */
            couponType?: "CASH" | "NO_CASH";
            /**
             * @description Virtual seconds during which orderquery still responds with NOTPAY
             * @default 0
             */
            visibleAfterSeconds?: number;
            /**
             * @description lost: the notice is never sent; only orderquery reports the payment
             * @default normal
             * @enum {string}
             */
            notify?: "normal" | "lost" | "before-answer";
            /** @description The person who holds the phone */
            openid: string;
            /**
             * @description ok-lost: paid, but the callback never comes
             * @default ok
             * @enum {string}
             */
            outcome?: "ok" | "cancel" | "fail" | "ok-lost";
            /**
             * @description The arguments of wx.requestPayment or wx.chooseWXPay, as the shop returned them
             * @example {
             *       "timeStamp": "1795233604",
             *       "nonceStr": "…",
             *       "package": "prepay_id=…",
             *       "signType": "MD5",
             *       "paySign": "…"
             *     }
             */
            requestPayment: {
                [key: string]: unknown;
            };
        };
        ResultView: {
            /** @description null when the callback never comes */
            errMsg: string | null;
            /** @description Machine-readable reason of a failure */
            reason?: string;
            transaction_id?: string;
            out_trade_no?: string;
        };
        OpenRequest: {
            openid: string;
            requestPayment: {
                [key: string]: unknown;
            };
            /** @description The payer begins to type the password: the order becomes USERPAYING */
            userPaying?: boolean;
        };
        SheetView: {
            out_trade_no: string;
            body: string;
            total_fee: number;
            trade_state: string;
            /** Format: date-time */
            sheetClosesAt: string | null;
        };
        OpenedView: {
            /** @description null when the sheet is open */
            errMsg: string | null;
            /** @description Machine-readable reason why the sheet does not open */
            reason?: string;
            /** @description Absent when the sheet does not open */
            sheet?: components["schemas"]["SheetView"];
        };
        AppRequest: {
            /** @description The part of the price that a coupon pays: cash_fee is lower by this amount */
            couponFen?: number;
            /**
             * @description Number of coupons that share couponFen
             * @default 1
             */
            couponCount?: number;
            /**
             * @default NO_CASH
             * @enum {string}
             */
            couponType?: "CASH" | "NO_CASH";
            /**
             * @description Virtual seconds during which orderquery still responds with NOTPAY
             * @default 0
             */
            visibleAfterSeconds?: number;
            /**
             * @description lost: the notice is never sent; only orderquery reports the payment
             * @default normal
             * @enum {string}
             */
            notify?: "normal" | "lost" | "before-answer";
            /** @description The person who holds the phone */
            openid: string;
            /**
             * @description ok-lost: paid, but the callback never comes
             * @default ok
             * @enum {string}
             */
            outcome?: "ok" | "cancel" | "fail" | "ok-lost";
            /**
             * @description The arguments of the SDK's payment call, as the shop returned them
             * @example {
             *       "appid": "…",
             *       "partnerid": "…",
             *       "prepayid": "…",
             *       "package": "Sign=WXPay",
             *       "noncestr": "…",
             *       "timestamp": "…",
             *       "sign": "…"
             *     }
             */
            payRequest: {
                [key: string]: unknown;
            };
        };
        ScanRequest: {
            /** @description The part of the price that a coupon pays: cash_fee is lower by this amount */
            couponFen?: number;
            /**
             * @description Number of coupons that share couponFen
             * @default 1
             */
            couponCount?: number;
            /**
             * @default NO_CASH
             * @enum {string}
             */
            couponType?: "CASH" | "NO_CASH";
            /**
             * @description Virtual seconds during which orderquery still responds with NOTPAY
             * @default 0
             */
            visibleAfterSeconds?: number;
            /**
             * @description lost: the notice is never sent; only orderquery reports the payment
             * @default normal
             * @enum {string}
             */
            notify?: "normal" | "lost" | "before-answer";
            /** @description The person who holds the phone */
            openid: string;
            /**
             * @description ok-lost: paid, but the callback never comes
             * @default ok
             * @enum {string}
             */
            outcome?: "ok" | "cancel" | "fail" | "ok-lost";
            /** @description The content of the QR code */
            codeUrl: string;
        };
        MobileWebRequest: {
            /** @description The part of the price that a coupon pays: cash_fee is lower by this amount */
            couponFen?: number;
            /**
             * @description Number of coupons that share couponFen
             * @default 1
             */
            couponCount?: number;
            /**
             * @default NO_CASH
             * @enum {string}
             */
            couponType?: "CASH" | "NO_CASH";
            /**
             * @description Virtual seconds during which orderquery still responds with NOTPAY
             * @default 0
             */
            visibleAfterSeconds?: number;
            /**
             * @description lost: the notice is never sent; only orderquery reports the payment
             * @default normal
             * @enum {string}
             */
            notify?: "normal" | "lost" | "before-answer";
            /** @description The person who holds the phone */
            openid: string;
            /**
             * @description ok-lost: paid, but the callback never comes
             * @default ok
             * @enum {string}
             */
            outcome?: "ok" | "cancel" | "fail" | "ok-lost";
            /** @description The URL that the shop sent the browser to */
            mwebUrl: string;
        };
        PrepayView: {
            prepay_id: string;
            /** Format: date-time */
            expiresAt: string;
        };
        DeliveryView: {
            isDelivered: boolean;
            message: string;
        };
        CouponView: {
            id: string;
            /** @enum {string} */
            type: "CASH" | "NO_CASH";
            feeFen: number;
        };
        TransactionView: {
            /** @description 28 digits */
            transaction_id: string;
            openid: string;
            bank_type: string;
            total_fee: number;
            cash_fee: number;
            /** @description The merchant’s fee */
            feeFen: number;
            coupons: components["schemas"]["CouponView"][];
            /** Format: date-time */
            paidAt: string;
            /**
             * Format: date-time
             * @description From this time on orderquery reports it
             */
            visibleAt: string;
        };
        RefundedCouponView: {
            id: string;
            /** @enum {string} */
            type: "CASH" | "NO_CASH";
            feeFen: number;
        };
        WechatRefundView: {
            out_refund_no: string;
            /** @description 29 digits */
            refund_id: string;
            out_trade_no: string;
            transaction_id: string;
            /** @enum {string} */
            refund_status: "PROCESSING" | "SUCCESS" | "CHANGE" | "REFUNDCLOSE";
            refund_fee: number;
            /** @description The amount that the payer receives in cash */
            cash_refund_fee: number;
            /** @description The amount that the merchant pays */
            settlement_refund_fee: number;
            /** @description The part of the fee that the merchant gets back */
            feeFen: number;
            coupons: components["schemas"]["RefundedCouponView"][];
            refund_account: string;
            refund_recv_accout: string;
            /**
             * @description The protocol of the request
             * @enum {string}
             */
            protocol: "v2" | "v1" | "v3";
            /**
             * @description The format of the notice
             * @enum {string}
             */
            notice_protocol: "v2" | "v1" | "v3";
            /** @enum {string} */
            refund_request_source: "API" | "VENDOR_PLATFORM";
            /** @description Empty when the request has none */
            refund_desc: string;
            /** @description null: no notice is sent */
            notify_url: string | null;
            /**
             * Format: date-time
             * @description Virtual time
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description When it last reached a final status
             */
            endedAt: string | null;
        };
        WechatOrderView: {
            /** @description Received by the payer: SUCCESS */
            refundedFen: number;
            /** @description Accepted, not finished: PROCESSING */
            refundingFen: number;
            /** @description Accepted, but the payer could not receive it: CHANGE */
            abnormalFen: number;
            /**
             * @description v1: the 2014 app protocol
             * @enum {string}
             */
            protocol: "v2" | "v1" | "v3";
            /** @description The appid of the order request */
            appid: string;
            out_trade_no: string;
            /** @enum {string} */
            trade_state: "NOTPAY" | "USERPAYING" | "PAYERROR" | "SUCCESS" | "REFUND" | "CLOSED";
            /**
             * @description What orderquery responds now
             * @enum {string}
             */
            visible_trade_state: "NOTPAY" | "USERPAYING" | "PAYERROR" | "SUCCESS" | "REFUND" | "CLOSED";
            trade_type: string;
            total_fee: number;
            sign_type: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            closedAt: string | null;
            /**
             * Format: date-time
             * @description time_expire, unless it was already past when it was sent; v1 orders with v1TimeExpire strict always have it
             */
            sheetClosesAt: string | null;
            /** @description The newest */
            prepay_id: string | null;
            code_url: string | null;
            mweb_url: string | null;
            prepays: components["schemas"]["PrepayView"][];
            /** @description As in the first request, without sign */
            parameters: {
                [key: string]: string;
            };
            /** @description What the merchant reported by delivernotify */
            delivery: components["schemas"]["DeliveryView"] | null;
            transaction: components["schemas"]["TransactionView"] | null;
            /** @description Oldest first */
            refunds: components["schemas"]["WechatRefundView"][];
        };
        WechatOrderViewList: {
            items: components["schemas"]["WechatOrderView"][];
        };
        ForeignOrderRequest: {
            out_trade_no: string;
            total_fee: number;
            /**
             * @default v2
             * @enum {string}
             */
            protocol?: "v2" | "v3";
            /**
             * @default NATIVE
             * @enum {string}
             */
            trade_type?: "JSAPI" | "NATIVE" | "APP" | "MWEB";
            description?: string;
            attach?: string;
            /** @description Default: none, so no notice is ever sent */
            notify_url?: string;
        };
        StateRequest: {
            /** @enum {string} */
            state: "NOTPAY" | "USERPAYING" | "PAYERROR" | "SUCCESS" | "CLOSED";
            /**
             * @description The next state, because USERPAYING does not last
             * @enum {string}
             */
            thenState?: "NOTPAY" | "USERPAYING" | "PAYERROR" | "SUCCESS" | "CLOSED";
            /**
             * @description Virtual seconds until thenState
             * @default 30
             */
            afterSeconds?: number;
        };
        PayOrderRequest: {
            /** @description Who pays. Default: the openid of the order, or a new person */
            openid?: string;
            /** @description The part of the price that a coupon pays: cash_fee is lower by this amount */
            couponFen?: number;
            /**
             * @description Number of coupons that share couponFen
             * @default 1
             */
            couponCount?: number;
            /**
             * @default NO_CASH
             * @enum {string}
             */
            couponType?: "CASH" | "NO_CASH";
            /**
             * @description Virtual seconds during which orderquery still responds with NOTPAY
             * @default 0
             */
            visibleAfterSeconds?: number;
            /**
             * @description lost: the notice is never sent; only orderquery reports the payment
             * @default normal
             * @enum {string}
             */
            notify?: "normal" | "lost" | "before-answer";
        };
        WechatRefundViewList: {
            items: components["schemas"]["WechatRefundView"][];
        };
        RefundStateRequest: {
            /**
             * @description From PROCESSING: any; from CHANGE: only SUCCESS
             * @enum {string}
             */
            state: "SUCCESS" | "CHANGE" | "REFUNDCLOSE";
        };
        RefundNotifyRequest: {
            /**
             * @description Number of notices, sent one after the other
             * @default 1
             */
            times?: number;
            /**
             * @description Number of notices sent at the same time
             * @default 1
             */
            connections?: number;
            /** @description Virtual seconds to wait before sending; the response then comes at once, without waiting for responses */
            delaySeconds?: number;
            /** @description Additional elements, or replacements for existing ones; they are signed or encrypted */
            extra?: {
                [key: string]: string;
            };
            /**
             * @description The defect of a forged notice; also works for refunds that are not finished
             * @enum {string}
             */
            forge?: "other-key" | "garbage-req-info" | "truncated-req-info" | "plain-req-info" | "empty-req-info" | "no-req-info" | "req-info-doctype" | "req-info-json" | "other-appid" | "other-mch" | "lower-fee" | "higher-fee" | "other-total" | "missing-fee" | "unknown-refund" | "unknown-order" | "other-refund-id" | "unknown-status" | "other-refund" | "failed-return" | "duplicate-element" | "huge" | "doctype" | "external-entity" | "entity-bomb" | "truncated" | "empty" | "garbage" | "json" | "no-sign" | "wrong-sign" | "empty-sign" | "wrong-serial" | "stale-timestamp" | "probe" | "tampered-fee" | "altered-body" | "wrong-aad";
        };
        AttemptView: {
            /** Format: date-time */
            at: string;
            /** @description The intended defect of a forged notice */
            forgery: string | null;
            /** @description null: no complete response */
            status: number | null;
            reply: string | null;
            /** @description Real time */
            latencyMs: number;
            isAccepted: boolean;
            /** @description Why the response was not accepted */
            reason: string | null;
        };
        SentView: {
            /**
             * Format: date-time
             * @description Virtual time of sending
             */
            dueAt: string;
            /** @description Empty while it waits */
            attempts: components["schemas"]["AttemptView"][];
        };
        VendorRefundRequest: {
            refundFen: number;
            /** @description Generated when absent */
            out_refund_no?: string;
            /** @description Default: the refundNotifyUrl of PUT /_control/merchant */
            notify_url?: string;
        };
        NoticeView: {
            id: string;
            /**
             * @description echo: of POST /v3/security/echo
             * @enum {string}
             */
            kind: "payment" | "refund" | "echo";
            /** @description null for echo */
            out_trade_no: string | null;
            /** @description null for echo */
            transaction_id: string | null;
            /** @description Only of a refund */
            out_refund_no: string | null;
            /** @description Only of a refund */
            refund_status: string | null;
            url: string;
            /** @enum {string} */
            state: "waiting" | "sending" | "accepted" | "given_up" | "lost";
            /** @description Scheduled attempts */
            tries: number;
            /**
             * Format: date-time
             * @description Virtual time
             */
            nextDueAt: string | null;
            attempts: components["schemas"]["AttemptView"][];
        };
        NoticeViewList: {
            items: components["schemas"]["NoticeView"][];
        };
        PaymentNotifyRequest: {
            /**
             * @description Number of notices, sent one after the other
             * @default 1
             */
            times?: number;
            /**
             * @description Number of notices sent at the same time
             * @default 1
             */
            connections?: number;
            /** @description Virtual seconds to wait before sending; the response then comes at once, without waiting for responses */
            delaySeconds?: number;
            /** @description Additional elements, or replacements for existing ones; they are signed or encrypted */
            extra?: {
                [key: string]: string;
            };
            /**
             * @description The defect of a forged notice; also works for unpaid orders. Each protocol has its own forgeries
             * @enum {string}
             */
            forge?: "no-sign" | "wrong-sign" | "empty-sign" | "tampered-fee" | "other-appid" | "other-mch" | "lower-fee" | "higher-fee" | "missing-fee" | "foreign-currency" | "unknown-order" | "failed-result" | "failed-return" | "other-order" | "duplicate-element" | "huge" | "doctype" | "external-entity" | "entity-bomb" | "truncated" | "empty" | "garbage" | "json" | "utf8-sign" | "other-partner" | "wrong-app-sign" | "duplicate-parameter" | "truncated-query" | "empty-query" | "huge-query" | "broken-encoding" | "wrong-serial" | "stale-timestamp" | "probe" | "altered-body" | "other-total" | "other-key" | "wrong-aad" | "garbage-req-info" | "truncated-req-info" | "plain-req-info" | "empty-req-info" | "no-req-info" | "req-info-doctype" | "req-info-json";
            /**
             * @description Used instead of the sign_type of the order
             * @enum {string}
             */
            signType?: "MD5" | "HMAC-SHA256";
        };
        ShippingView: {
            /** @description As in the response of get_order */
            order: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            shippedAt: string | null;
            /** Format: date-time */
            confirmedAt: string | null;
            /** Format: date-time */
            settledAt: string | null;
            /** @description The only re-ship was used */
            isReshipUsed: boolean;
        };
        PushView: {
            /** @description null: messages are not sent */
            url: string | null;
            /** @enum {string|null} */
            format: "xml" | "json" | null;
            isSafe: boolean;
        };
        PushRequest: {
            /** @example http://127.0.0.1:3000/wechat/notify/message */
            url: string;
            /** @description Token: 3 to 32 letters and digits */
            token: string;
            /**
             * @default xml
             * @enum {string}
             */
            format?: "xml" | "json";
            /** @description EncodingAESKey: with it, messages are sent in safe mode (encrypted) */
            encodingAesKey?: string;
        };
        HandshakeView: {
            /** @description The address responded with echostr and nothing else */
            isAccepted: boolean;
            status: number | null;
        };
        SendRequest: {
            /** @example trade_manage_remind_access_api */
            event: string;
            /** @description The fields of the event */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * @description other-body, other-appid and other-key need safe mode
             * @enum {string}
             */
            forge?: "no-signature" | "wrong-signature" | "other-token" | "other-body" | "other-appid" | "other-key" | "doctype" | "garbage";
        };
        FaultRequest: {
            /** @enum {string} */
            endpoint: "unifiedorder" | "orderquery" | "closeorder" | "refund" | "refundquery" | "downloadbill" | "downloadfundflow" | "certificates" | "abnormal_refund" | "security_echo" | "billfile" | "jscode2session" | "token" | "stable_token" | "getuserphonenumber" | "subscribe_send" | "upload_shipping_info" | "get_order" | "get_order_list" | "notify_confirm_receive" | "is_trade_managed" | "genprepay" | "v1-orderquery" | "delivernotify" | "notice" | "refund-notice" | "echo-notice" | "v1-notice";
            /**
             * @description docs/simulator.md lists the kinds of each endpoint
             * @example SYSTEMERROR
             */
            kind: string;
            /**
             * @description Before or after the effect. Default: before; after for kinds that damage a response
             * @enum {string}
             */
            when?: "before" | "after";
            /**
             * @description -1: until cleared
             * @default 1
             */
            times?: number;
            /** @description stall: real milliseconds; delay (of a notice): virtual milliseconds */
            delayMs?: number;
            /** @description Only for this order */
            out_trade_no?: string;
            /** @description Only for this refund */
            out_refund_no?: string;
            /** @description For err_code; must be a number for platform calls */
            errCode?: string;
            /** @description For err_code of a v3 call; default: the usual status of the code */
            httpStatus?: number;
            /** @description For err_code */
            errCodeDes?: string;
            /** @description For return_fail */
            returnMsg?: string;
            /**
             * @description For duplicate: how many copies of the notice are sent at once
             * @default 2
             */
            connections?: number;
        };
        FaultView: {
            /** @enum {string} */
            endpoint: "unifiedorder" | "orderquery" | "closeorder" | "refund" | "refundquery" | "downloadbill" | "downloadfundflow" | "certificates" | "abnormal_refund" | "security_echo" | "billfile" | "jscode2session" | "token" | "stable_token" | "getuserphonenumber" | "subscribe_send" | "upload_shipping_info" | "get_order" | "get_order_list" | "notify_confirm_receive" | "is_trade_managed" | "genprepay" | "v1-orderquery" | "delivernotify" | "notice" | "refund-notice" | "echo-notice" | "v1-notice";
            /**
             * @description docs/simulator.md lists the kinds of each endpoint
             * @example SYSTEMERROR
             */
            kind: string;
            /** @description stall: real milliseconds; delay (of a notice): virtual milliseconds */
            delayMs?: number;
            /** @description Only for this order */
            out_trade_no?: string;
            /** @description Only for this refund */
            out_refund_no?: string;
            /** @description For err_code; must be a number for platform calls */
            errCode?: string;
            /** @description For err_code of a v3 call; default: the usual status of the code */
            httpStatus?: number;
            /** @description For err_code */
            errCodeDes?: string;
            /** @description For return_fail */
            returnMsg?: string;
            /**
             * @description For duplicate: how many copies of the notice are sent at once
             * @default 2
             */
            connections?: number;
            id: number;
            /** @enum {string} */
            when: "before" | "after";
            /** @description -1: until cleared */
            timesLeft: number;
        };
        FaultViewList: {
            items: components["schemas"]["FaultView"][];
        };
        ClockView: {
            /**
             * Format: date-time
             * @description Virtual time
             */
            now: string;
            speed: number;
        };
        ClockRequest: {
            /** @description Virtual seconds per real second; 0 stops the clock */
            speed?: number;
            /** @description Jump ahead by virtual seconds */
            advanceSeconds?: number;
        };
        BehaviourSettings: {
            /** @description Fee of payments from now on, in hundredths of a percent of the settled amount, rounded half up to fen */
            feeBasisPoints: number;
            /**
             * @description Fund-flow bill: a returned fee is inside the row of its refund, or has a row of its own
             * @enum {string}
             */
            refundFeeRow: "inside" | "own";
            /** @description Virtual seconds after the end of a Beijing day until its bills are made and can be downloaded */
            billReadySeconds: number;
            /** @description Virtual seconds for which the download_url of v3 is valid */
            billUrlSeconds: number;
            /**
             * @description Path of the download_url of v3
             * @enum {string}
             */
            billUrlPath: "/v3/billdownload/file" | "/v3/bill/downloadurl";
            /**
             * @description Line ends of bills that are made from now on
             * @enum {string}
             */
            billLineEnd: "CRLF" | "LF";
            /** @description Bills that are made from now on begin with a byte order mark */
            billBom: boolean;
            /**
             * @description Merchant-defined texts in bills: escaped as documented, or only their line breaks
             * @enum {string}
             */
            billText: "escaped" | "raw";
            /**
             * @description Columns 13 and 14 of trade bills: 应结订单金额 and 代金券金额, or 总金额 and 企业红包金额
             * @enum {string}
             */
            billColumns: "current" | "older";
            /** @description Requests for fund-flow bills per virtual second; 0: unlimited */
            fundFlowsPerSecond: number;
            /**
             * @description The keys of v3 that sign: the public key; the platform certificate; or both, as during the switch to the public key
             * @enum {string}
             */
            v3Keys: "public-key" | "certificate" | "grey";
            /** @description v3Keys grey: percentage of notices that the public key signs */
            v3GreyPercent: number;
            /**
             * @description GET /v3/certificates: none (404), one, two of which the old one signs, two of which the new one signs, or 403. With v3Keys certificate or grey there is at least one
             * @enum {string}
             */
            v3Certificates: "none" | "one" | "rotating" | "rotated" | "forbidden";
            /**
             * @description The merchant's certificates whose keys may sign requests of v3: the first one, both while it is replaced, or only the renewed one
             * @enum {string}
             */
            v3MerchantCertificate: "first" | "both" | "renewed";
            /**
             * @description v3 code for an order that is already paid
             * @enum {string}
             */
            v3PaidCode: "ORDERPAID" | "ORDER_PAID";
            /**
             * @description v3 code of the query of an unknown order
             * @enum {string}
             */
            v3NotFoundCode: "ORDER_NOT_EXIST" | "ORDERNOTEXIST";
            /**
             * @description v3 answer to the same out_trade_no with another parameter: 403 OUT_TRADE_NO_USED or 400 INVALID_REQUEST
             * @enum {string}
             */
            v3Duplicate: "OUT_TRADE_NO_USED" | "INVALID_REQUEST";
            /** @description Seconds that the clock of v3 is ahead when it checks the timestamp of a request */
            v3ClockOffsetSeconds: number;
            /**
             * @description A close by v3 of an order made by v2, and the reverse
             * @enum {string}
             */
            crossProtocolClose: "refuse" | "allow";
            /**
             * @description When an order is submitted again while its prepay_id is valid: returns the same prepay_id, or a second valid one
             * @enum {string}
             */
            prepayIdOnReentry: "same" | "new";
            /**
             * @description When an MWEB order is submitted again after its mweb_url has expired: returns the expired one, or a new one
             * @enum {string}
             */
            mwebUrlOnReentry: "same" | "new";
            /**
             * @description err_code for the same out_trade_no with another parameter: INVALID_REQUEST with the text 201 商户订单号重复, or OUT_TRADE_NO_USED with the text 商户订单号重复
             * @enum {string}
             */
            duplicateAnswer: "INVALID_REQUEST" | "OUT_TRADE_NO_USED";
            /**
             * @description closeorder in the first 5 minutes: closes, or responds with SUCCESS and leaves the order NOTPAY
             * @enum {string}
             */
            earlyClose: "allow" | "ignore";
            /**
             * @description closeorder for a closed order
             * @enum {string}
             */
            closeTwice: "ORDERCLOSED" | "SUCCESS";
            /**
             * @description closeorder while the payer enters the password
             * @enum {string}
             */
            closeWhilePaying: "close" | "TRADE_STATE_ERROR";
            /**
             * @description Where a malformed parameter is reported
             * @enum {string}
             */
            parameterErrors: "return_code" | "err_code";
            /**
             * @description JSAPI order for an openid that never logged in here
             * @enum {string}
             */
            unknownOpenid: "refuse" | "accept";
            /**
             * @description Unit of the length limits of texts
             * @enum {string}
             */
            textLimit: "bytes" | "characters";
            /** @description Values are trimmed before the signature is checked: white space around a signed value makes the signature invalid */
            trimsTexts: boolean;
            /**
             * @description notify_url on localhost or in a private network, which the real WeChat cannot reach
             * @enum {string}
             */
            localNotifyUrl: "allow" | "refuse";
            /**
             * @description The element sign_type in notices
             * @enum {string}
             */
            signTypeInNotice: "never" | "sometimes" | "always";
            /**
             * @description Accepted responses to a notice: any well-formed XML with return_code SUCCESS, or exactly one line
             * @enum {string}
             */
            replyRule: "well-formed" | "strict";
            /**
             * @description Arguments of the payment sheet: also those of chooseWXPay with its lower-case timestamp
             * @enum {string}
             */
            jsapiArguments: "either" | "mini-program";
            /**
             * @description Address of the page behind an mweb_url: the simulator, or the real one
             * @enum {string}
             */
            mwebUrlHost: "simulator" | "wx.tenpay.com";
            /** @description unifiedorder responds with FAIL to an MWEB order but includes an mweb_url without a prepay_id */
            mwebUrlInFailure: boolean;
            /**
             * @description Method of v1 notices; GET omits the XML body
             * @enum {string}
             */
            v1NoticeMethod: "POST" | "GET";
            /**
             * @description Accepted responses to a v1 notice: a body that begins with success in any case, or exactly success
             * @enum {string}
             */
            v1Reply: "prefix" | "exact";
            /**
             * @description How the v1 order query reports an unpaid order
             * @enum {string}
             */
            v1UnpaidAnswer: "trade_state" | "ret_code";
            /**
             * @description time_expire of v1: never payable after it, or payable again by submitting the same order
             * @enum {string}
             */
            v1TimeExpire: "strict" | "as-v2";
            /**
             * @description v1 orders in v2 and v3 calls by out_trade_no
             * @enum {string}
             */
            v1OrdersInV2: "known" | "unknown";
            /** @description Signed, undocumented element sim_extra in responses and notices */
            unknownField: boolean;
            /** @description Vary CDATA, line breaks, element order, and optional and empty elements; off: as in the documents */
            varyShape: boolean;
            /** @description The order is paid and its notice sent before unifiedorder responds */
            noticeBeforeAnswer: boolean;
            /**
             * @description How refunds end; PROCESSING: not before POST /_control/refunds/{out_refund_no}/state
             * @enum {string}
             */
            refundEnds: "SUCCESS" | "CHANGE" | "REFUNDCLOSE" | "PROCESSING";
            /** @description Virtual seconds from the acceptance of a refund to its end */
            refundProcessingSeconds: number;
            /** @description Virtual seconds between two refunds of one order; sooner is FREQUENCY_LIMITED; 0: no limit */
            refundSpacingSeconds: number;
            /** @description A refund is finished and its notice sent before the refund call responds */
            refundNoticeBeforeAnswer: boolean;
            /**
             * @description Another refund of a fully refunded order
             * @enum {string}
             */
            fullyRefunded: "ERROR" | "TRADE_STATE_ERROR";
            /**
             * @description A refund of more than the remaining amount
             * @enum {string}
             */
            tooMuchRefunded: "INVALID_REQUEST" | "REFUND_FEE_INVALID";
            /** @description Refund calls per virtual second; more are FREQUENCY_LIMITED; 0: unlimited */
            refundsPerSecond: number;
            /** @description Invalid refund calls per virtual second; after that all are INVALID_REQ_TOO_MUCH; 0: unlimited */
            invalidRefundsPerSecond: number;
            /** @description Refunds per virtual minute of orders paid more than 30 days ago; 0: unlimited */
            oldOrderRefundsPerMinute: number;
            /** @description Access tokens by GET /cgi-bin/token per Beijing day; more are errcode 45009 */
            plainTokensPerDay: number;
            /** @description Forced stable access tokens per Beijing day, 30 virtual seconds apart; more are errcode 45009 */
            forcedTokensPerDay: number;
            /** @description Virtual seconds from a payment until it is in the order list of the shipping management; before that: errcode 10060001 */
            shippingIndexSeconds: number;
            /**
             * @description Another upload of a split delivery: adds its shipments, or replaces all earlier ones
             * @enum {string}
             */
            splitUploads: "append" | "replace";
            /** @description Virtual seconds from the confirmed receipt to the settlement */
            settlementSeconds: number;
            /**
             * @description confirm_receive_method: 1 by hand and 2 by timeout, as shops report, or the reverse, as documented
             * @enum {string}
             */
            confirmReceiveMethod: "reported" | "documented";
            /**
             * @description Pages that subscribe messages open: published, or missing (errcode 41030)
             * @enum {string}
             */
            messagePage: "exists" | "missing";
            /** @description Every n-th response or notice has a wrong signature, as WeChat does to test clients; never on a repeat of one by v3; 0: never */
            wrongSignatureEvery: number;
            /** @description Days after which WeChat closes an unpaid order automatically */
            autoCloseDays: number;
            /** @description Real milliseconds within which the response to a notice must be complete */
            replyLimitMs: number;
        };
        BehaviourChanges: {
            /** @description Fee of payments from now on, in hundredths of a percent of the settled amount, rounded half up to fen */
            feeBasisPoints?: number;
            /**
             * @description Fund-flow bill: a returned fee is inside the row of its refund, or has a row of its own
             * @enum {string}
             */
            refundFeeRow?: "inside" | "own";
            /** @description Virtual seconds after the end of a Beijing day until its bills are made and can be downloaded */
            billReadySeconds?: number;
            /** @description Virtual seconds for which the download_url of v3 is valid */
            billUrlSeconds?: number;
            /**
             * @description Path of the download_url of v3
             * @enum {string}
             */
            billUrlPath?: "/v3/billdownload/file" | "/v3/bill/downloadurl";
            /**
             * @description Line ends of bills that are made from now on
             * @enum {string}
             */
            billLineEnd?: "CRLF" | "LF";
            /** @description Bills that are made from now on begin with a byte order mark */
            billBom?: boolean;
            /**
             * @description Merchant-defined texts in bills: escaped as documented, or only their line breaks
             * @enum {string}
             */
            billText?: "escaped" | "raw";
            /**
             * @description Columns 13 and 14 of trade bills: 应结订单金额 and 代金券金额, or 总金额 and 企业红包金额
             * @enum {string}
             */
            billColumns?: "current" | "older";
            /** @description Requests for fund-flow bills per virtual second; 0: unlimited */
            fundFlowsPerSecond?: number;
            /**
             * @description The keys of v3 that sign: the public key; the platform certificate; or both, as during the switch to the public key
             * @enum {string}
             */
            v3Keys?: "public-key" | "certificate" | "grey";
            /** @description v3Keys grey: percentage of notices that the public key signs */
            v3GreyPercent?: number;
            /**
             * @description GET /v3/certificates: none (404), one, two of which the old one signs, two of which the new one signs, or 403. With v3Keys certificate or grey there is at least one
             * @enum {string}
             */
            v3Certificates?: "none" | "one" | "rotating" | "rotated" | "forbidden";
            /**
             * @description The merchant's certificates whose keys may sign requests of v3: the first one, both while it is replaced, or only the renewed one
             * @enum {string}
             */
            v3MerchantCertificate?: "first" | "both" | "renewed";
            /**
             * @description v3 code for an order that is already paid
             * @enum {string}
             */
            v3PaidCode?: "ORDERPAID" | "ORDER_PAID";
            /**
             * @description v3 code of the query of an unknown order
             * @enum {string}
             */
            v3NotFoundCode?: "ORDER_NOT_EXIST" | "ORDERNOTEXIST";
            /**
             * @description v3 answer to the same out_trade_no with another parameter: 403 OUT_TRADE_NO_USED or 400 INVALID_REQUEST
             * @enum {string}
             */
            v3Duplicate?: "OUT_TRADE_NO_USED" | "INVALID_REQUEST";
            /** @description Seconds that the clock of v3 is ahead when it checks the timestamp of a request */
            v3ClockOffsetSeconds?: number;
            /**
             * @description A close by v3 of an order made by v2, and the reverse
             * @enum {string}
             */
            crossProtocolClose?: "refuse" | "allow";
            /**
             * @description When an order is submitted again while its prepay_id is valid: returns the same prepay_id, or a second valid one
             * @enum {string}
             */
            prepayIdOnReentry?: "same" | "new";
            /**
             * @description When an MWEB order is submitted again after its mweb_url has expired: returns the expired one, or a new one
             * @enum {string}
             */
            mwebUrlOnReentry?: "same" | "new";
            /**
             * @description err_code for the same out_trade_no with another parameter: INVALID_REQUEST with the text 201 商户订单号重复, or OUT_TRADE_NO_USED with the text 商户订单号重复
             * @enum {string}
             */
            duplicateAnswer?: "INVALID_REQUEST" | "OUT_TRADE_NO_USED";
            /**
             * @description closeorder in the first 5 minutes: closes, or responds with SUCCESS and leaves the order NOTPAY
             * @enum {string}
             */
            earlyClose?: "allow" | "ignore";
            /**
             * @description closeorder for a closed order
             * @enum {string}
             */
            closeTwice?: "ORDERCLOSED" | "SUCCESS";
            /**
             * @description closeorder while the payer enters the password
             * @enum {string}
             */
            closeWhilePaying?: "close" | "TRADE_STATE_ERROR";
            /**
             * @description Where a malformed parameter is reported
             * @enum {string}
             */
            parameterErrors?: "return_code" | "err_code";
            /**
             * @description JSAPI order for an openid that never logged in here
             * @enum {string}
             */
            unknownOpenid?: "refuse" | "accept";
            /**
             * @description Unit of the length limits of texts
             * @enum {string}
             */
            textLimit?: "bytes" | "characters";
            /** @description Values are trimmed before the signature is checked: white space around a signed value makes the signature invalid */
            trimsTexts?: boolean;
            /**
             * @description notify_url on localhost or in a private network, which the real WeChat cannot reach
             * @enum {string}
             */
            localNotifyUrl?: "allow" | "refuse";
            /**
             * @description The element sign_type in notices
             * @enum {string}
             */
            signTypeInNotice?: "never" | "sometimes" | "always";
            /**
             * @description Accepted responses to a notice: any well-formed XML with return_code SUCCESS, or exactly one line
             * @enum {string}
             */
            replyRule?: "well-formed" | "strict";
            /**
             * @description Arguments of the payment sheet: also those of chooseWXPay with its lower-case timestamp
             * @enum {string}
             */
            jsapiArguments?: "either" | "mini-program";
            /**
             * @description Address of the page behind an mweb_url: the simulator, or the real one
             * @enum {string}
             */
            mwebUrlHost?: "simulator" | "wx.tenpay.com";
            /** @description unifiedorder responds with FAIL to an MWEB order but includes an mweb_url without a prepay_id */
            mwebUrlInFailure?: boolean;
            /**
             * @description Method of v1 notices; GET omits the XML body
             * @enum {string}
             */
            v1NoticeMethod?: "POST" | "GET";
            /**
             * @description Accepted responses to a v1 notice: a body that begins with success in any case, or exactly success
             * @enum {string}
             */
            v1Reply?: "prefix" | "exact";
            /**
             * @description How the v1 order query reports an unpaid order
             * @enum {string}
             */
            v1UnpaidAnswer?: "trade_state" | "ret_code";
            /**
             * @description time_expire of v1: never payable after it, or payable again by submitting the same order
             * @enum {string}
             */
            v1TimeExpire?: "strict" | "as-v2";
            /**
             * @description v1 orders in v2 and v3 calls by out_trade_no
             * @enum {string}
             */
            v1OrdersInV2?: "known" | "unknown";
            /** @description Signed, undocumented element sim_extra in responses and notices */
            unknownField?: boolean;
            /** @description Vary CDATA, line breaks, element order, and optional and empty elements; off: as in the documents */
            varyShape?: boolean;
            /** @description The order is paid and its notice sent before unifiedorder responds */
            noticeBeforeAnswer?: boolean;
            /**
             * @description How refunds end; PROCESSING: not before POST /_control/refunds/{out_refund_no}/state
             * @enum {string}
             */
            refundEnds?: "SUCCESS" | "CHANGE" | "REFUNDCLOSE" | "PROCESSING";
            /** @description Virtual seconds from the acceptance of a refund to its end */
            refundProcessingSeconds?: number;
            /** @description Virtual seconds between two refunds of one order; sooner is FREQUENCY_LIMITED; 0: no limit */
            refundSpacingSeconds?: number;
            /** @description A refund is finished and its notice sent before the refund call responds */
            refundNoticeBeforeAnswer?: boolean;
            /**
             * @description Another refund of a fully refunded order
             * @enum {string}
             */
            fullyRefunded?: "ERROR" | "TRADE_STATE_ERROR";
            /**
             * @description A refund of more than the remaining amount
             * @enum {string}
             */
            tooMuchRefunded?: "INVALID_REQUEST" | "REFUND_FEE_INVALID";
            /** @description Refund calls per virtual second; more are FREQUENCY_LIMITED; 0: unlimited */
            refundsPerSecond?: number;
            /** @description Invalid refund calls per virtual second; after that all are INVALID_REQ_TOO_MUCH; 0: unlimited */
            invalidRefundsPerSecond?: number;
            /** @description Refunds per virtual minute of orders paid more than 30 days ago; 0: unlimited */
            oldOrderRefundsPerMinute?: number;
            /** @description Access tokens by GET /cgi-bin/token per Beijing day; more are errcode 45009 */
            plainTokensPerDay?: number;
            /** @description Forced stable access tokens per Beijing day, 30 virtual seconds apart; more are errcode 45009 */
            forcedTokensPerDay?: number;
            /** @description Virtual seconds from a payment until it is in the order list of the shipping management; before that: errcode 10060001 */
            shippingIndexSeconds?: number;
            /**
             * @description Another upload of a split delivery: adds its shipments, or replaces all earlier ones
             * @enum {string}
             */
            splitUploads?: "append" | "replace";
            /** @description Virtual seconds from the confirmed receipt to the settlement */
            settlementSeconds?: number;
            /**
             * @description confirm_receive_method: 1 by hand and 2 by timeout, as shops report, or the reverse, as documented
             * @enum {string}
             */
            confirmReceiveMethod?: "reported" | "documented";
            /**
             * @description Pages that subscribe messages open: published, or missing (errcode 41030)
             * @enum {string}
             */
            messagePage?: "exists" | "missing";
            /** @description Every n-th response or notice has a wrong signature, as WeChat does to test clients; never on a repeat of one by v3; 0: never */
            wrongSignatureEvery?: number;
            /** @description Days after which WeChat closes an unpaid order automatically */
            autoCloseDays?: number;
            /** @description Real milliseconds within which the response to a notice must be complete */
            replyLimitMs?: number;
        };
        MerchantView: {
            mch_id: string;
            /** @description The mini-program */
            appid: string;
            /** @description The mobile app; may be the same appid */
            mobile_appid: string;
            /** @description Further mini-programs and official accounts */
            extra_appids: string[];
            /** @description null: unlimited */
            balanceFen: number | null;
            refundNotifyUrl: string | null;
            /** @description null: all */
            h5Domains: string[] | null;
            /** @description null: all */
            ipWhitelist: string[] | null;
        };
        MerchantChanges: {
            /** @description Refunds are paid from it. A change is a top-up or a withdrawal. null: unlimited, topped up as needed */
            balanceFen?: number | null;
            /** @description Used for refunds without a notify_url; null: no notice */
            refundNotifyUrl?: string | null;
            /** @description Domains whose pages, and those of their subdomains, may link to an mweb_url; null: all */
            h5Domains?: string[] | null;
            /** @description IP addresses that may request access tokens; null: all */
            ipWhitelist?: string[] | null;
        };
        AmountRequest: {
            fen: number;
        };
        EndRequest: {
            /** @description The appid whose tokens end. Default: the mini-program’s */
            appid?: string;
            /**
             * @description The errcode of later calls with these tokens
             * @default 40001
             * @enum {number}
             */
            errcode?: 40001 | 42001;
        };
        MerchantCertificateView: {
            /** @description PEM */
            cert: string;
            /** @description PEM */
            key: string;
            /** @description Serial number: 40 hexadecimal digits */
            serial: string;
            /** @description Both in a PKCS#12 file, in base64; its password is the mch_id */
            p12: string;
        };
        RenewedCertificateView: {
            /** @description PEM */
            cert: string;
            /** @description PEM */
            key: string;
            /** @description Serial number: 40 hexadecimal digits */
            serial: string;
        };
        CertificateView: {
            /** @description PEM */
            cert: string;
            /** @description PEM */
            key: string;
        };
        V3KeysView: {
            /** @description APIv3 key */
            api_v3_key: string;
            /** @example PUB_KEY_ID_0119000001092026080100000000000001 */
            public_key_id: string;
            /** @description PEM. WeChat’s public key */
            public_key: string;
        };
        CertificatesView: {
            /** @description PEM. Trust it to call the TLS endpoint */
            ca: string;
            merchant: components["schemas"]["MerchantCertificateView"];
            /** @description The next certificate, see `v3MerchantCertificate` */
            renewedMerchant: components["schemas"]["RenewedCertificateView"];
            /** @description Certificate of another mch_id */
            otherMerchant: components["schemas"]["CertificateView"];
            /** @description Issued by a CA that WeChat does not trust */
            foreign: components["schemas"]["CertificateView"];
            /** @description Expired yesterday */
            expired: components["schemas"]["CertificateView"];
            v3: components["schemas"]["V3KeysView"];
        };
        BillsView: {
            /** @example 2026-11-29 */
            date: string;
            /**
             * Format: date-time
             * @description From this virtual time on they can be downloaded
             */
            readyAt: string;
            /**
             * Format: date-time
             * @description null: not yet, or there is nothing on them
             */
            madeAt: string | null;
            trade: components["schemas"]["DeliveryView"];
            fund: components["schemas"]["DeliveryView"];
            /** @description The trade bill (ALL) */
            tradeText: string | null;
            /** @description The fund-flow bill */
            fundText: string | null;
            /** @description Balance before the first entry of the day */
            openingFen: number | null;
            /** @description Balance after the last one */
            closingFen: number | null;
        };
        BillsViewList: {
            items: components["schemas"]["BillsView"][];
        };
        DeliveryRequest: {
            /**
             * @description Default: both
             * @enum {string}
             */
            kind?: "TRADE" | "FUND";
            /**
             * @description creating: not ready yet; none: WeChat has no bill
             * @enum {string}
             */
            availability?: "normal" | "creating" | "none";
            /**
             * @description hash: hash_value is another file’s (v3 only); truncated: the transfer ends early; incomplete: the file itself ends early, with the right hash; gzip: the compressed bytes are damaged
             * @enum {string}
             */
            damage?: "none" | "hash" | "truncated" | "incomplete" | "gzip";
        };
        FileChangeRequest: {
            /** @description Adds a column with this name to the trade bills */
            column?: string;
            /** @description The values of this column; default: empty */
            columnValue?: string;
            /** @description The column before it; default: it is the last one */
            afterColumn?: string;
            /** @description The totals of the trade bill are wrong by this */
            totalsOffByFen?: number;
            /** @description The balances of the fund-flow bill are wrong by this from the second line on, or in the only one */
            balanceOffByFen?: number;
        };
        LineChangeRequest: {
            /** @description The line of this payment */
            out_trade_no?: string;
            /** @description The line of this refund */
            out_refund_no?: string;
            /** @enum {string} */
            kind: "missing-line" | "other-amount" | "other-fee" | "other-status" | "other-name";
            /**
             * @description Which bill differs. BOTH and FUND change the balance too, so that the fund flow still adds up; other-status and other-name only change the trade bill
             * @default BOTH
             * @enum {string}
             */
            bills?: "BOTH" | "TRADE" | "FUND";
            /** @description For other-amount and other-fee (not negative) */
            fen?: number;
            /**
             * @description For other-status: of a refund; REVOKED: of a payment
             * @enum {string}
             */
            status?: "PROCESSING" | "SUCCESS" | "CHANGE" | "REFUNDCLOSE" | "REVOKED";
            /** @description For other-name: 商品名称, with any characters */
            name?: string;
        };
        LineRequest: {
            /** @description The line of this payment */
            out_trade_no?: string;
            /** @description The line of this refund */
            out_refund_no?: string;
        };
        ExtraPaymentRequest: {
            out_trade_no: string;
            total_fee: number;
            description?: string;
            /**
             * Format: date-time
             * @description Virtual time of the payment; default: now
             */
            paidAt?: string;
        };
        AnswerView: {
            status: number;
            body: string;
        };
        MessageView: {
            id: number;
            /**
             * Format: date-time
             * @description Virtual time
             */
            at: string;
            /** @enum {string} */
            direction: "received" | "sent";
            method: string;
            /** @description The path of the call, or the complete notify_url */
            path: string;
            /** @description Body, or query string */
            request: string;
            out_trade_no: string | null;
            out_refund_no: string | null;
            /** @description null: the signature was not checked */
            signatureOk: boolean | null;
            /** @example ORDERPAID */
            verdict: string | null;
            fault: string | null;
            answer: components["schemas"]["AnswerView"] | null;
            /** @description Real time; null: not finished */
            latencyMs: number | null;
        };
        MessageViewList: {
            items: components["schemas"]["MessageView"][];
        };
        LiveMessageView: {
            id: number;
            /**
             * Format: date-time
             * @description Virtual time
             */
            at: string;
            /** @enum {string} */
            direction: "received" | "sent";
            method: string;
            /** @description The path of the call, or the complete notify_url */
            path: string;
            /** @description Body, or query string */
            request: string;
            out_trade_no: string | null;
            out_refund_no: string | null;
            /** @description null: the signature was not checked */
            signatureOk: boolean | null;
            /** @example ORDERPAID */
            verdict: string | null;
            fault: string | null;
            answer: components["schemas"]["AnswerView"] | null;
            /** @description Real time; null: not finished */
            latencyMs: number | null;
            /** @description Real time since it began */
            ageMs: number;
            /** @description A fault withheld this notice: it was not sent */
            isKeptBack: boolean;
        };
        LiveMessagesView: {
            items: components["schemas"]["LiveMessageView"][];
            /** @description The value of `after` for the next request */
            revision: number;
        };
        LedgerRefundView: {
            out_refund_no: string;
            refund_id: string;
            /** @example PROCESSING */
            refund_status: string;
            refund_fee: number;
            /** @example API */
            refund_request_source: string;
        };
        LedgerLineView: {
            /** @description Received by the payer: SUCCESS */
            refundedFen: number;
            /** @description Accepted, not finished: PROCESSING */
            refundingFen: number;
            /** @description Accepted, but the payer could not receive it: CHANGE */
            abnormalFen: number;
            out_trade_no: string;
            trade_state: string;
            transaction_id: string | null;
            openid: string | null;
            paidFen: number;
            /** @description Oldest first, including closed refunds */
            refunds: components["schemas"]["LedgerRefundView"][];
            /** Format: date-time */
            paidAt: string | null;
        };
        LedgerTotalsView: {
            /** @description Received by the payer: SUCCESS */
            refundedFen: number;
            /** @description Accepted, not finished: PROCESSING */
            refundingFen: number;
            /** @description Accepted, but the payer could not receive it: CHANGE */
            abnormalFen: number;
            orders: number;
            paidOrders: number;
            paidFen: number;
        };
        LedgerView: {
            items: components["schemas"]["LedgerLineView"][];
            totals: components["schemas"]["LedgerTotalsView"];
        };
        ResetRequest: {
            /** @description Seed of all random choices from now on. Default: the seed of the start */
            seed?: number;
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
    UsersController_list: {
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
                    "application/json": components["schemas"]["UserViewList"];
                };
            };
        };
    };
    UsersController_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    UsersController_issueCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeView"];
                };
            };
        };
    };
    PhoneCodesController_issue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhoneCodeRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneCodeView"];
                };
            };
        };
    };
    SubscribeMessagesController_listTemplates: {
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
                    "application/json": components["schemas"]["TemplateViewList"];
                };
            };
        };
    };
    SubscribeMessagesController_addTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
        };
    };
    SubscribeMessagesController_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                openid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentViewList"];
                };
            };
        };
    };
    SubscribeMessagesController_listSent: {
        parameters: {
            query?: {
                openid?: string;
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
                    "application/json": components["schemas"]["SentMessageViewList"];
                };
            };
        };
    };
    CashierController_pay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JsapiRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultView"];
                };
            };
        };
    };
    CashierController_open: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedView"];
                };
            };
        };
    };
    CashierController_app: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultView"];
                };
            };
        };
    };
    CashierController_scan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScanRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultView"];
                };
            };
        };
    };
    CashierController_mobileWeb: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MobileWebRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultView"];
                };
            };
        };
    };
    OrdersController_list: {
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
                    "application/json": components["schemas"]["WechatOrderViewList"];
                };
            };
        };
    };
    OrdersController_placeForeign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForeignOrderRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WechatOrderView"];
                };
            };
        };
    };
    OrdersController_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
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
                    "application/json": components["schemas"]["WechatOrderView"];
                };
            };
        };
    };
    OrdersController_setState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WechatOrderView"];
                };
            };
        };
    };
    OrdersController_pay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayOrderRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WechatOrderView"];
                };
            };
        };
    };
    RefundsController_list: {
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
                    "application/json": components["schemas"]["WechatRefundViewList"];
                };
            };
        };
    };
    RefundsController_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_refund_no: string;
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
                    "application/json": components["schemas"]["WechatRefundView"];
                };
            };
        };
    };
    RefundsController_setState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_refund_no: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundStateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WechatRefundView"];
                };
            };
        };
    };
    RefundsController_notify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_refund_no: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundNotifyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentView"];
                };
            };
        };
    };
    RefundsController_refundByHand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VendorRefundRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WechatRefundView"];
                };
            };
        };
    };
    NoticesController_list: {
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
                    "application/json": components["schemas"]["NoticeViewList"];
                };
            };
        };
    };
    NoticesController_send: {
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
                    "application/json": components["schemas"]["NoticeView"];
                };
            };
        };
    };
    NoticesController_notify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentNotifyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentView"];
                };
            };
        };
    };
    ControlShippingController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
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
                    "application/json": components["schemas"]["ShippingView"];
                };
            };
        };
    };
    ControlShippingController_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_trade_no: string;
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
                    "application/json": components["schemas"]["ShippingView"];
                };
            };
        };
    };
    MessagePushController_read: {
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
                    "application/json": components["schemas"]["PushView"];
                };
            };
        };
    };
    MessagePushController_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushView"];
                };
            };
        };
    };
    MessagePushController_stop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
        };
    };
    MessagePushController_handshake: {
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
                    "application/json": components["schemas"]["HandshakeView"];
                };
            };
        };
    };
    MessagePushController_send: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
        };
    };
    FaultsController_list: {
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
                    "application/json": components["schemas"]["FaultViewList"];
                };
            };
        };
    };
    FaultsController_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultView"];
                };
            };
        };
    };
    FaultsController_clear: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
        };
    };
    StateController_readClock: {
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
                    "application/json": components["schemas"]["ClockView"];
                };
            };
        };
    };
    StateController_changeClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClockRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockView"];
                };
            };
        };
    };
    StateController_readBehaviours: {
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
                    "application/json": components["schemas"]["BehaviourSettings"];
                };
            };
        };
    };
    StateController_changeBehaviours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BehaviourChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BehaviourSettings"];
                };
            };
        };
    };
    MerchantController_read: {
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
                    "application/json": components["schemas"]["MerchantView"];
                };
            };
        };
    };
    MerchantController_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MerchantChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantView"];
                };
            };
        };
    };
    MerchantController_topUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmountRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantView"];
                };
            };
        };
    };
    MerchantController_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmountRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantView"];
                };
            };
        };
    };
    TokensController_end: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    CertificatesController_read: {
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
                    "application/json": components["schemas"]["CertificatesView"];
                };
            };
        };
    };
    BillsController_list: {
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
                    "application/json": components["schemas"]["BillsViewList"];
                };
            };
        };
    };
    BillsController_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
                    "application/json": components["schemas"]["BillsView"];
                };
            };
        };
    };
    BillsController_deliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliveryRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillsView"];
                };
            };
        };
    };
    BillsController_changeFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillsView"];
                };
            };
        };
    };
    BillsController_changeLine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LineChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillsView"];
                };
            };
        };
    };
    BillsController_postpone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LineRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillsView"];
                };
            };
        };
    };
    BillsController_addExtraPayment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtraPaymentRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillsView"];
                };
            };
        };
    };
    RecordsController_messages: {
        parameters: {
            query?: {
                /** @description Part of the path or notify_url */
                path?: string;
                out_trade_no?: string;
                out_refund_no?: string;
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
                    "application/json": components["schemas"]["MessageViewList"];
                };
            };
        };
    };
    RecordsController_live: {
        parameters: {
            query?: {
                /** @description The `revision` of the previous response; absent: only return the current revision */
                after?: number;
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
                    "application/json": components["schemas"]["LiveMessagesView"];
                };
            };
        };
    };
    RecordsController_readLedger: {
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
                    "application/json": components["schemas"]["LedgerView"];
                };
            };
        };
    };
    RecordsController_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
