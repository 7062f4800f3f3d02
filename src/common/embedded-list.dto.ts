import { ApiProperty } from '@nestjs/swagger';

/** Documents how many rows a list inside a view has. */
export function ApiCountOf(list: string): PropertyDecorator {
  return ApiProperty({ type: 'integer', description: `How many there are of \`${list}\`, shown here or not.` });
}

/** Documents the cursor with which a list inside a view goes on. @param route the list's own. */
export function ApiNextCursorOf(route: string): PropertyDecorator {
  const description = `The \`cursor\` for the rows that are not shown here, at \`${route}\`. Null when all are shown.`;
  return ApiProperty({ type: String, nullable: true, description });
}
