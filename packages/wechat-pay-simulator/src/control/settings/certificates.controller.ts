import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { SimulatorSettings } from '../../simulator-settings.js';
import { SimulatorCertificates } from '../../certificates/simulator-certificates.js';
import type { Plain } from '../api-helpers.js';

class CertificateView {
  @ApiProperty({ description: 'PEM' }) cert!: string;
  @ApiProperty({ description: 'PEM' }) key!: string;
}

class RenewedCertificateView extends CertificateView {
  @ApiProperty({ description: 'Serial number: 40 hexadecimal digits' }) serial!: string;
}

class MerchantCertificateView extends RenewedCertificateView {
  @ApiProperty({ description: 'Both in a PKCS#12 file, in base64; its password is the mch_id' }) p12!: string;
}

/** What a merchant needs for API v3 besides the certificate. */
class V3KeysView {
  @ApiProperty({ description: 'APIv3 key' }) api_v3_key!: string;
  @ApiProperty({ example: 'PUB_KEY_ID_0119000001092026080100000000000001' }) public_key_id!: string;
  @ApiProperty({ description: 'PEM. WeChat’s public key' }) public_key!: string;
}

class CertificatesView {
  @ApiProperty({ description: 'PEM. Trust it to call the TLS endpoint' }) ca!: string;
  @ApiProperty({ type: MerchantCertificateView }) merchant!: MerchantCertificateView;
  @ApiProperty({ type: RenewedCertificateView, description: 'The next certificate, see `v3MerchantCertificate`' })
  renewedMerchant!: RenewedCertificateView;
  @ApiProperty({ type: CertificateView, description: 'Certificate of another mch_id' }) otherMerchant!: CertificateView;
  @ApiProperty({ type: CertificateView, description: 'Issued by a CA that WeChat does not trust' })
  foreign!: CertificateView;
  @ApiProperty({ type: CertificateView, description: 'Expired yesterday' }) expired!: CertificateView;
  @ApiProperty({ type: V3KeysView }) v3!: V3KeysView;
}

@ApiTags('merchant')
@Controller('_control/certificates')
export class CertificatesController {
  constructor(
    private readonly certificates: SimulatorCertificates,
    private readonly settings: SimulatorSettings,
  ) {}

  @ApiOperation({ summary: 'The certificates of the merchant platform, and invalid ones for tests; new at each start' })
  @ApiOkResponse({ type: CertificatesView })
  @Get()
  read() {
    const { merchant, ...others } = this.certificates.all;
    const p12 = merchant.p12.toString('base64');
    const { publicKeyId, publicKeyPair } = this.certificates.platform;
    const v3 = {
      api_v3_key: this.settings.merchant.api_v3_key,
      public_key_id: publicKeyId,
      public_key: publicKeyPair.publicKey,
    };
    return { ...others, merchant: { ...merchant, p12 }, v3 } satisfies Plain<CertificatesView>;
  }
}
