import type { HttpResponse, SendRequest } from './http.ts';
import type { components, paths } from './service-schema.d.ts';
import { TypedClient, type Reply } from './typed-client.ts';

/** The bodies of the service's API. */
export type ServiceSchemas = components['schemas'];
export type Order = ServiceSchemas['OrderView'];
export type Refund = ServiceSchemas['RefundView'];
export type AdminRefund = ServiceSchemas['AdminRefundView'];
export type Product = ServiceSchemas['ProductView'];
export type UserCoupon = ServiceSchemas['UserCouponView'];
/** The response of `POST /api/orders/{orderNo}/pay`. */
export type PayResponse = ServiceSchemas['PayView'];
export type TradeType = ServiceSchemas['PayBody']['tradeType'] & string;
export type Problem = ServiceSchemas['ProblemDto'];

/** A reply of the service. A failure without a problem document, such as a proxy's page, has an empty `Partial`. */
export type ServiceReply<Success> = Reply<Success, Partial<Problem>>;

/** All HTTP APIs of the service, typed by its OpenAPI document. */
export class ServiceClient extends TypedClient<paths, Partial<Problem>> {
  /** The same service with the token of an account in each call. */
  as(session: Session): ServiceClient {
    return new ServiceClient(this.baseUrl, session.authorize(this.send));
  }
}

/** A login that fails this often for one call fails the call. */
const MAX_LOGINS = 3;

/** The token of one account. Logs in at the first call, and again when the service no longer accepts the token. */
export class Session {
  #token: string;
  #login: Promise<string> | null = null;
  readonly #logIn: (() => Promise<string>) | null;

  /** @param logIn returns a new token; null: a rejected token stays rejected. */
  constructor(logIn: (() => Promise<string>) | null, token = '') {
    this.#logIn = logIn;
    this.#token = token;
  }

  /** Sends requests with the token. Repeats a request after a login if the token was rejected. */
  authorize(send: SendRequest): SendRequest {
    return async (url, request) => {
      for (let logins = 0; ; logins++) {
        const token = this.#token === '' ? await this.#renew() : this.#token;
        const headers = { ...request.headers, authorization: `Bearer ${token}` };
        const response = (await send(url, { ...request, headers })) as HttpResponse<Partial<Problem>>;
        const isRejected = response.status === 401 && response.body.code === 'UNAUTHENTICATED';
        if (!isRejected || this.#logIn === null || logins === MAX_LOGINS) return response;
        if (this.#token === token) this.#token = '';
      }
    };
  }

  /** One login at a time, because concurrent logins of one account can be rejected. */
  #renew(): Promise<string> {
    if (this.#logIn === null) return Promise.resolve(this.#token);
    this.#login ??= this.#logIn()
      .then((token) => (this.#token = token))
      .finally(() => (this.#login = null));
    return this.#login;
  }
}
