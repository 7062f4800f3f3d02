import { ApiProperty } from '@nestjs/swagger';

/** Documents the row count of a list that is embedded in a view. */
export function ApiCountOf(list: string): PropertyDecorator {
  return ApiProperty({
    type: 'integer',
    description: `The total number of \`${list}\`, including those not returned here.`,
  });
}

/** Documents the cursor for the rest of an embedded list. @param route the route of the whole list. */
export function ApiNextCursorOf(route: string): PropertyDecorator {
  const description = `The \`cursor\` for the other rows at \`${route}\`. Null if all rows are returned here.`;
  return ApiProperty({ type: String, nullable: true, description });
}
