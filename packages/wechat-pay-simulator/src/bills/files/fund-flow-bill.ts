import { AccountEntry, DayOfEntries } from '../../account/account-ledger.js';
import { yuan } from '../../account/fees.js';
import { beijingTime } from '../../beijing-time.js';
import { BillStyle, Column, escapeFundText, escapeText, writeBill } from './bill-text.js';

interface FundRow extends AccountEntry {
  /** The balance after it, in fen. */
  readonly balanceFen: number;
}

export interface FundFlowInput extends DayOfEntries {
  readonly style: BillStyle;
  /** Makes every balance from the second row on wrong by this amount, or the only one. */
  readonly balanceOffByFen: number;
}

/** The file of a day as text; undefined for a day without entries. Source: WeChat Pay v3, bills, fund flow. */
export function fundFlowBill({ openingFen, entries, style, balanceOffByFen }: FundFlowInput): string | undefined {
  if (entries.length === 0) return undefined;
  let balanceFen = openingFen;
  const rows = entries.map((entry, n): FundRow => {
    balanceFen += entry.signedFen;
    const isWrong = n > 0 || entries.length === 1;
    return { ...entry, balanceFen: balanceFen + (isWrong ? balanceOffByFen : 0) };
  });
  return writeBill({ columns: columnsOf(style), rows, totals: totalsOf(entries) }, style);
}

function columnsOf(style: BillStyle): Column<FundRow>[] {
  const merchantText = (text: string): string => escapeFundText(escapeText(text, 'PAYMENT', style));
  return [
    { name: '记账时间', value: ({ at }) => beijingTime(at) },
    { name: '微信支付业务单号', value: ({ wechatNo }) => wechatNo },
    { name: '资金流水单号', value: ({ flowNo }) => flowNo },
    { name: '业务名称', value: ({ name }) => name },
    { name: '业务类型', value: ({ type }) => type },
    { name: '收支类型', value: ({ signedFen }) => (signedFen > 0 ? '收入' : '支出') },
    { name: '收支金额(元)', value: ({ signedFen }) => yuan(Math.abs(signedFen)) },
    { name: '账户结余(元)', value: (row) => yuan(row.balanceFen) },
    { name: '资金变更提交申请人', value: ({ applicant }) => escapeFundText(applicant) },
    { name: '备注', value: ({ remark }) => merchantText(remark) },
    { name: '业务凭证号', value: ({ voucherNo }) => merchantText(voucherNo) },
  ];
}

function totalsOf(entries: readonly AccountEntry[]): [string, string][] {
  const received = entries.filter(({ signedFen }) => signedFen > 0);
  const paid = entries.filter(({ signedFen }) => signedFen < 0);
  const sizeOf = (some: readonly AccountEntry[]): string =>
    yuan(Math.abs(some.reduce((fen, { signedFen }) => fen + signedFen, 0)));
  return [
    ['资金流水总笔数', String(entries.length)],
    ['收入笔数', String(received.length)],
    ['收入金额', sizeOf(received)],
    ['支出笔数', String(paid.length)],
    ['支出金额', sizeOf(paid)],
  ];
}
