import { buildMessage, ValidateBy } from 'class-validator';
import { parseAddress } from '../../common/http/client-address.js';
import { isPlainText } from '../../common/text.js';

const MAX_KEYS = 20;
const MAX_KEY_LENGTH = 40;
/** In UTF-16 units, as JavaScript, Java and C# count. */
const MAX_VALUE_LENGTH = 500;

/** The merchant's own data: an object of texts. They are not changed, so that the merchant finds them as they were sent. */
export const IsMetadata = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMetadata',
    validator: {
      validate: (value) => findMetadataViolation(value) === null,
      defaultMessage: (args) => `${args?.property ?? 'metadata'} ${findMetadataViolation(args?.value) ?? ''}`,
    },
  });

/** An IPv4 or IPv6 address. */
export const IsClientAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isClientAddress',
    validator: {
      validate: (value) => typeof value === 'string' && value.length <= 64 && parseAddress(value) !== null,
      defaultMessage: buildMessage(() => '$property must be an IPv4 or IPv6 address'),
    },
  });

function findMetadataViolation(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object of texts';
  const entries = Object.entries(value);
  if (entries.length > MAX_KEYS) return `must have at most ${MAX_KEYS} keys`;
  for (const [key, text] of entries) {
    if (key === '' || key.length > MAX_KEY_LENGTH || !isPlainText(key, false))
      return `must have keys of 1 to ${MAX_KEY_LENGTH} characters without control characters`;
    if (typeof text !== 'string' || text.length > MAX_VALUE_LENGTH)
      return `must have texts of at most ${MAX_VALUE_LENGTH} characters as values`;
    if (!isPlainText(text, true)) return 'must not contain control characters or text direction marks';
  }
  return null;
}
