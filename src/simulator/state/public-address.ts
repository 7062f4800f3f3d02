import { Injectable } from '@nestjs/common';

/** Where browsers reach the simulator: known only once it listens. */
@Injectable()
export class PublicAddress {
  /** Scheme, host and port. */
  origin = 'http://127.0.0.1:3001';
}
