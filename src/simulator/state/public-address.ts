import { Injectable } from '@nestjs/common';

/** The address of the simulator for browsers, set when it listens. */
@Injectable()
export class PublicAddress {
  /** Scheme, host and port. */
  origin = 'http://127.0.0.1:3001';
}
