import { Fields, fieldValue } from '../wire/fields.js';

/** `yyyyMMdd` of a request as `yyyy-MM-dd`; another format gives no day. */
export function dashedDay(fields: Fields): string {
  return (fields.get('bill_date') ?? '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}

export function isZipTypeValid(fields: Fields): boolean {
  const type = fieldValue(fields, 'tar_type');
  return type === undefined || type === 'GZIP';
}
