import { Injectable } from '@nestjs/common';
import { CertificatesCall } from './certificates-call.js';
import { SecurityEchoCall } from './security-echo-call.js';
import { V3Call } from './v3-call.js';

/** The calls about the keys of both sides. */
@Injectable()
export class KeyCalls {
  readonly all: readonly V3Call[];

  constructor(certificates: CertificatesCall, securityEcho: SecurityEchoCall) {
    this.all = [certificates, securityEcho];
  }
}
