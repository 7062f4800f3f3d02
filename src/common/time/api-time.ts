import { ApiProperty } from '@nestjs/swagger';

/** Documents a time in a response. */
export function ApiTime(description?: string): PropertyDecorator {
  return ApiProperty({ type: String, format: 'date-time', ...(description !== undefined && { description }) });
}

/** Documents a time in a response that may be null. */
export function ApiTimeOrNull(description?: string): PropertyDecorator {
  return ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    ...(description !== undefined && { description }),
  });
}
