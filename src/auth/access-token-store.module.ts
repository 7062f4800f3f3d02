import { Global, Module } from '@nestjs/common';
import { AccessTokenStoreFactory } from '../wechat/access-token-store.js';
import { DatabaseAccessTokenStoreFactory } from './database-access-token-store.js';

/** Gives the WeChat module, which stands below the database and may not know it, a place to share its tokens by. */
@Global()
@Module({
  providers: [{ provide: AccessTokenStoreFactory, useClass: DatabaseAccessTokenStoreFactory }],
  exports: [AccessTokenStoreFactory],
})
export class AccessTokenStoreModule {}
