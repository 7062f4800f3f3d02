import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RoutesFor } from '../common/http/route-audience.js';
import { DomainError } from '../common/problem/domain-error.js';
import { PageBundle, sendPage } from './page-bundle.js';

const API = '/admin/api';

const NOT_BUILT = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>wx-checkout</title>
<h1>管理后台尚未构建 The console is not built</h1>
<p>服务本身正常运行。The service itself is running. Build the pages with <code>npm run build</code>, and start it again.</p>
</html>
`;

/** Serves the merchant console. Every URL below /admin returns the same HTML page, whose router selects the view. */
@ApiExcludeController()
@Controller('admin')
@RoutesFor('ANYONE')
export class ConsoleController {
  private readonly page = PageBundle.find('console');

  @Get(['', '*'])
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    const path = request.url.split('?')[0] ?? '';
    if (path === API || path.startsWith(`${API}/`) || path.startsWith('/admin/assets/')) {
      throw new DomainError('NOT_FOUND');
    }
    if (this.page) return sendPage(reply, this.page);
    void reply.status(503).header('content-type', 'text/html; charset=utf-8');
    return NOT_BUILT;
  }
}
