import { Global, Module } from '@nestjs/common';
import { AccessTokenShelves } from '../wechat/access-token-shelf.js';
import { DatabaseAccessTokenShelves } from './database-access-token-shelf.js';

/** Gives the WeChat module, which stands below the database and may not know it, a place to share its tokens by. */
@Global()
@Module({
  providers: [{ provide: AccessTokenShelves, useClass: DatabaseAccessTokenShelves }],
  exports: [AccessTokenShelves],
})
export class AccessTokenShelfModule {}
