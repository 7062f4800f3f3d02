import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI description of everything the service answers. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('wx-checkout')
    .setDescription(
      'The payment backend of a shop behind a WeChat mini-program. Money is in fen, time in UTC, errors are RFC 9457 problems.',
    )
    .setVersion('0.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: "A user's token" }, 'user')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: "A staff member's token" }, 'admin')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: "An API key of the shop's own programs: wxk_…" },
      'apiKey',
    )
    .addCookieAuth(
      'wx-checkout-staff',
      {
        type: 'apiKey',
        in: 'cookie',
        description: 'The same in a browser; beside it, every call carries the header `X-Console`',
      },
      'console',
    )
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** `/docs` for people, `/docs/openapi.json` for machines. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'wx-checkout API',
  });
}
