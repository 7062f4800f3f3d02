import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { SimulatorCertificates } from '../certificates/simulator-certificates.js';
import type { Plain } from './plain.js';

class CertificateView {
  @ApiProperty({ description: 'PEM' }) cert!: string;
  @ApiProperty({ description: 'PEM' }) key!: string;
}

class MerchantCertificateView extends CertificateView {
  @ApiProperty({ description: 'Both in a PKCS#12 file, in base64; its password is the mch_id' }) p12!: string;
}

class CertificatesView {
  @ApiProperty({ description: 'PEM. Trust it to call the TLS endpoint' }) ca!: string;
  @ApiProperty({ type: MerchantCertificateView }) merchant!: MerchantCertificateView;
  @ApiProperty({ type: CertificateView, description: 'Certificate of another mch_id' }) otherMerchant!: CertificateView;
  @ApiProperty({ type: CertificateView, description: 'Issued by a CA that WeChat does not trust' })
  foreign!: CertificateView;
  @ApiProperty({ type: CertificateView, description: 'Expired yesterday' }) expired!: CertificateView;
}

@ApiTags('merchant')
@Controller('_control/certificates')
export class CertificatesController {
  constructor(private readonly certificates: SimulatorCertificates) {}

  @ApiOperation({ summary: 'The certificates of the merchant platform, and invalid ones for tests; new at each start' })
  @ApiOkResponse({ type: CertificatesView })
  @Get()
  read() {
    const { merchant, ...others } = this.certificates.all;
    const p12 = merchant.p12.toString('base64');
    return { ...others, merchant: { ...merchant, p12 } } satisfies Plain<CertificatesView>;
  }
}
