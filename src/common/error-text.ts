import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What an error code means, for staff, as a phrase in each language. */
export class ErrorText {
  @ApiProperty()
  en!: string;

  @ApiProperty()
  zh!: string;

  @ApiPropertyOptional({
    description:
      "True when the message beside the code is this service's own English and says the same: show only one.",
  })
  replacesMessage?: boolean;
}

/** The texts of one owner of codes. */
export type ErrorTexts = Readonly<Record<string, ErrorText>>;

/** Null for a code without a text. Codes come from the network: one may be named like an inherited property. */
export function findErrorText(texts: ErrorTexts, code: string): ErrorText | null {
  return (Object.hasOwn(texts, code) ? texts[code] : undefined) ?? null;
}
