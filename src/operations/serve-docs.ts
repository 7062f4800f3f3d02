import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI description of all endpoints. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('wx-checkout')
    .setDescription(
      'The payment backend of a WeChat mini-program shop. Amounts are in fen, times are in UTC, errors are RFC 9457 problems.',
    )
    .setVersion('0.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: "A user's token" }, 'user')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: "A staff member's token" }, 'admin')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: "An API key of the merchant's own programs: wxk_…" },
      'apiKey',
    )
    .addCookieAuth(
      'wx-checkout-staff',
      {
        type: 'apiKey',
        in: 'cookie',
        description: 'The session cookie of the web console. Every call must also send the header `X-Console`.',
      },
      'console',
    )
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the API documentation at `/docs` and the OpenAPI description at `/docs/openapi.json`. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'wx-checkout API',
  });
}
