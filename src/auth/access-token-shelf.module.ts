import { Global, Module } from '@nestjs/common';
import { AccessTokenShelf } from '../wechat/access-token-shelf.js';
import { DatabaseAccessTokenShelf } from './database-access-token-shelf.js';

/** Gives the WeChat module, which stands below the database and may not know it, a place to share its token by. */
@Global()
@Module({
  providers: [{ provide: AccessTokenShelf, useClass: DatabaseAccessTokenShelf }],
  exports: [AccessTokenShelf],
})
export class AccessTokenShelfModule {}
