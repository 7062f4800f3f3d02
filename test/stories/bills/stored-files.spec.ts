import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { BillFixture } from '../../support/fixtures/bill-fixture.js';

describe('bills: a stored file that is damaged', () => {
  let fixture: BillFixture;
  let date: string;

  beforeEach(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
  });
  afterEach(() => fixture.shop.close());

  it('is replaced by the same bytes from WeChat', async () => {
    await fixture.createPaidOrder();
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    const path = `bills/${date}/file?kind=trade`;
    const original = await fixture.download(path);
    expect(original.status).toBe(200);
    await fixture.shop.instances[0]?.app.get(DataSource).query('DELETE FROM bill_file_chunks');
    expect(await fixture.download(path)).toMatchObject({ status: 404 });
    expect(await fixture.reconcile(date)).toMatchObject({ status: 'BALANCED', payments: { count: 1 } });
    expect(await fixture.download(path)).toMatchObject({ status: 200, bytes: original.bytes });
  });
});
