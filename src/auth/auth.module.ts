import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { Settings } from '../config/settings.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AuthController } from './auth.controller.js';
import { CallBudgets } from './call-budgets.js';
import { CallRateGuard } from './call-rate.guard.js';
import { REMOTE_STORE, remoteStore } from './remote-store.js';
import { SessionStore } from './session-store.js';
import { UserGuard } from './user.guard.js';
import { UserPhones } from './user-phones.js';
import { Users } from './users.js';

/** Login, sessions and the guard of the mini-program's routes. */
@Module({
  imports: [
    WechatModule,
    ThrottlerModule.forRootAsync({
      inject: [Settings],
      useFactory: (settings: Settings) => [{ ttl: 60_000, limit: settings.LOGIN_LIMIT_PER_MINUTE }],
    }),
  ],
  controllers: [AuthController],
  providers: [
    Users,
    UserPhones,
    SessionStore,
    UserGuard,
    CallBudgets,
    CallRateGuard,
    {
      provide: REMOTE_STORE,
      inject: [Settings],
      useFactory: ({ SESSION_STORE_URL: url }: Settings) => (url === undefined ? null : remoteStore(url)),
    },
  ],
  exports: [Users, SessionStore, UserGuard, CallBudgets, CallRateGuard],
})
export class AuthModule {}
