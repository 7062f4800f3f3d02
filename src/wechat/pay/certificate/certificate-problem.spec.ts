import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { certificateProblem } from './certificate-problem.js';

const MCH_ID = '1900000109';
const FROM = new Date('2026-01-01T00:00:00.000Z');
const UNTIL = new Date('2027-01-01T00:00:00.000Z');
const NOW = new Date('2026-06-01T00:00:00.000Z');
const good = { subjectName: MCH_ID, validFrom: FROM, validUntil: UNTIL };

describe('certificateProblem', () => {
  it("finds no problem in the merchant's certificate while it is valid", () => {
    expect(certificateProblem(good, MCH_ID, NOW)).toBeNull();
    expect(certificateProblem(good, MCH_ID, FROM)).toBeNull();
  });

  it('reports a missing, a not yet valid, an expired and a wrong certificate', () => {
    expect(certificateProblem(null, MCH_ID, NOW)).toBe('MISSING');
    expect(certificateProblem({ ...good, subjectName: '1900000999' }, MCH_ID, NOW)).toBe('OTHER_MERCHANT');
    expect(certificateProblem(good, MCH_ID, new Date(FROM.getTime() - 1))).toBe('NOT_YET_VALID');
    expect(certificateProblem(good, MCH_ID, UNTIL)).toBe('EXPIRED');
  });

  it('ignores a subject name that is not a merchant number', () => {
    for (const subjectName of [null, 'shop', '12345', 'CN 1900000999']) {
      expect(certificateProblem({ ...good, subjectName }, MCH_ID, NOW)).toBeNull();
    }
  });

  it('finds no problem exactly within the validity period', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (now) => {
        expect(certificateProblem(good, MCH_ID, now) === null).toBe(now >= FROM && now < UNTIL);
      }),
    );
  });
});
