import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { Settings } from '../config/settings.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AuthController } from './auth.controller.js';
import { CallRateLimiter } from './call-limits/call-rate-limiter.js';
import { CallRateGuard } from './call-limits/call-rate.guard.js';
import { REMOTE_SESSION_STORE, openRemoteSessionStore } from './session/remote-session-store.js';
import { SessionStore } from './session/session-store.js';
import { UserGuard } from './user.guard.js';
import { UserPhoneService } from './user-phone.service.js';
import { UserService } from './user.service.js';

/** Buyer login, sessions and the guards of the mini-program API. */
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
    UserService,
    UserPhoneService,
    SessionStore,
    UserGuard,
    CallRateLimiter,
    CallRateGuard,
    {
      provide: REMOTE_SESSION_STORE,
      inject: [Settings],
      useFactory: ({ SESSION_STORE_URL: url }: Settings) => (url === undefined ? null : openRemoteSessionStore(url)),
    },
  ],
  exports: [UserService, SessionStore, UserGuard, CallRateLimiter, CallRateGuard],
})
export class AuthModule {}
