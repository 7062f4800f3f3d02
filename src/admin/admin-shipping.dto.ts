import { ApiProperty } from '@nestjs/swagger';

/** A carrier with WeChat's code. */
export class CarrierView {
  @ApiProperty({ example: 'SF' })
  code!: string;

  @ApiProperty({ example: 'SF Express' })
  name!: string;

  @ApiProperty({ example: '顺丰速运' })
  nameZh!: string;
}
