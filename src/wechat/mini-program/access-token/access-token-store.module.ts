import { Global, Module } from '@nestjs/common';
import { AccessTokenStoreFactory } from './access-token-store.js';
import { DatabaseAccessTokenStoreFactory } from './database-access-token-store.js';

/** Provides the database store of access tokens to the WeChat module, which must not depend on the database. */
@Global()
@Module({
  providers: [{ provide: AccessTokenStoreFactory, useClass: DatabaseAccessTokenStoreFactory }],
  exports: [AccessTokenStoreFactory],
})
export class AccessTokenStoreModule {}
