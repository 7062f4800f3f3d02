import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class LoginBody {
  @ApiProperty({
    description: 'The code returned by `wx.login`. Valid once and for five minutes.',
    example: '0a3xGk000Qh1sN1Vfk100bXyzr4xGk0d',
  })
  @IsString()
  @Length(1, 128)
  readonly code!: string;
}

export class LoginResponse {
  @ApiProperty({ description: 'Opaque bearer token. Keep it secret.' })
  token!: string;

  @ApiProperty({ description: 'Seconds until the token expires.', example: 7200 })
  expiresIn!: number;

  @ApiProperty({ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] })
  user!: { id: string };
}

export class PhoneBody {
  @ApiProperty({
    description:
      'The code returned by the `getPhoneNumber` button, not the code of `wx.login`. Valid once and for five minutes.',
    example: 'e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144',
  })
  @IsString()
  @Length(1, 256)
  readonly code!: string;
}

export class PhoneResponse {
  @ApiProperty({ description: 'Masked.', example: '138****0000' })
  phone!: string;
}

export class MeResponse {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['user'] })
  scope!: 'user';

  @ApiProperty({ type: String, nullable: true, description: 'Masked; null when the user has not shared it.' })
  phone!: string | null;
}
