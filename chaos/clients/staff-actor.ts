import { Session, type AdminRefund } from '../../tools/client/service-client.ts';
import type { ServiceReply, ServiceSchemas } from '../../tools/client/service-client.ts';
import { logInStaff, StaffClient, type Credentials } from '../../tools/client/staff-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import type { ScenarioServices } from './scenario-services.ts';

/** A staff member who decides about refunds by the admin API, and records the responses. */
export class StaffActor {
  /** The admin API, without recording. */
  readonly client: StaffClient;
  readonly #services: ScenarioServices;

  constructor(services: ScenarioServices, credentials: Credentials) {
    const { service, secrets } = services;
    const logIn = async (): Promise<string> => {
      const what = `the login of ${credentials.username}`;
      const { token } = expectOk(what, await logInStaff(service, credentials));
      secrets[`staff token ${Object.keys(secrets).length}`] = token;
      return token;
    };
    this.#services = services;
    this.client = new StaffClient(service, new Session(logIn));
  }

  approveRefund(
    refundNo: string,
    approval: ServiceSchemas['ApproveRefundBody'] = {},
  ): Promise<ServiceReply<AdminRefund>> {
    return this.#record(this.client.approveRefund(refundNo, approval));
  }

  rejectRefund(refundNo: string): Promise<ServiceReply<AdminRefund>> {
    return this.#record(this.client.rejectRefund(refundNo, '已签收超过七天'));
  }

  retryRefund(refundNo: string): Promise<ServiceReply<AdminRefund>> {
    return this.#record(this.client.retryRefund(refundNo));
  }

  async decideBatch(refundNos: string[], action: 'approve' | 'reject'): Promise<void> {
    await this.client.decideBatch({ action, refundNos, reason: '批量处理' });
  }

  createMerchantRefund(orderNo: string, amountFen: number, idempotencyKey: string): Promise<ServiceReply<AdminRefund>> {
    const body = { amountFen, reason: '商家补偿' };
    return this.#record(this.client.createMerchantRefund(orderNo, body, idempotencyKey));
  }

  /** @returns the id of the granted coupon */
  async grantCoupon(couponId: string, userId: string, idempotencyKey: string): Promise<string> {
    const { id } = expectOk('the grant', await this.client.grantCoupon(couponId, userId, { idempotencyKey }));
    this.#services.answerRecord.userCoupons.add(id);
    return id;
  }

  async #record(call: Promise<ServiceReply<AdminRefund>>): Promise<ServiceReply<AdminRefund>> {
    const reply = await call;
    if (reply.isOk) this.#services.answerRecord.recordRefund(reply.body);
    return reply;
  }
}
