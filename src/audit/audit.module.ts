import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';

/** What staff did. */
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
