import { sendRequest, type HttpMethod, type HttpResponse, type SendRequest } from './http.ts';

/** An operation in the generated types: `paths[path][method]`. */
type Operation<Paths, Path extends keyof Paths, Method extends HttpMethod> = Paths[Path][Lowercase<Method> &
  keyof Paths[Path]];

/** The paths that accept this method. */
export type PathOf<Paths, Method extends HttpMethod> = {
  [Path in keyof Paths & string]: Operation<Paths, Path, Method> extends { responses: unknown } ? Path : never;
}[keyof Paths & string];

type JsonOf<Content> = Content extends { content: { 'application/json': infer Json } } ? Json : null;

/** The body of a successful response. */
type SuccessOf<Op> = Op extends { responses: infer Responses }
  ? JsonOf<Responses[keyof Responses & (200 | 201 | 204)]>
  : never;

/** A member of the call's options: absent without a type, optional if the operation does not require it. */
type Member<Name extends string, Type> = [Type] extends [never]
  ? unknown
  : undefined extends Type
    ? Partial<Record<Name, NonNullable<Type>>>
    : Record<Name, Type>;

type BodyOf<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Body
  : Op extends { requestBody?: infer Optional }
    ? NonNullable<Optional> extends { content: { 'application/json': infer Body } }
      ? [NonNullable<Optional>] extends [never]
        ? never
        : Body | undefined
      : never
    : never;

type PathParametersOf<Op> = Op extends { parameters: { path: infer Parameters } } ? Parameters : never;

type QueryOf<Op> = Op extends { parameters: { query?: infer Query } }
  ? [NonNullable<Query>] extends [never]
    ? never
    : Query | undefined
  : never;

interface CommonOptions {
  idempotencyKey?: string;
}

/** Everything that an operation accepts besides its path. */
export type CallOptions<Op> = CommonOptions &
  Member<'path', PathParametersOf<Op>> &
  Member<'query', QueryOf<Op>> &
  Member<'body', BodyOf<Op>>;

/** The response of one call. Its body has the type of the successful response, or of a failure. */
export type Reply<Success, Failure> =
  (HttpResponse<Success> & { isOk: true }) | (HttpResponse<Failure> & { isOk: false });

/** The types of an operation's reply, and of the options that its call takes. */
export type ReplyOf<Paths, Method extends HttpMethod, Path extends keyof Paths, Failure> = Reply<
  SuccessOf<Operation<Paths, Path, Method>>,
  Failure
>;

type RestOptions<Options> = object extends Options ? [options?: Options] : [options: Options];

/** The options without their types, for the code that builds the request. */
interface AnyOptions extends CommonOptions {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean>;
  body?: unknown;
}

/** Calls an HTTP API with the paths, parameters and bodies of its OpenAPI document. */
export class TypedClient<Paths, Failure> {
  protected readonly baseUrl: string | (() => string);
  protected readonly send: SendRequest;

  /** @param baseUrl a function is called for each request, for example to choose an instance. */
  constructor(baseUrl: string | (() => string), send: SendRequest = sendRequest) {
    this.baseUrl = baseUrl;
    this.send = send;
  }

  /** @throws UnreachableError, or what the sender throws. */
  async request<Method extends HttpMethod, Path extends PathOf<Paths, Method>>(
    method: Method,
    path: Path,
    ...[options]: RestOptions<CallOptions<Operation<Paths, Path, Method>>>
  ): Promise<ReplyOf<Paths, Method, Path, Failure>> {
    const { path: parameters = {}, query = {}, body, idempotencyKey } = (options ?? {}) as AnyOptions;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
    const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    const search = new URLSearchParams(pairs).toString();
    const baseUrl = typeof this.baseUrl === 'string' ? this.baseUrl : this.baseUrl();
    const response = await this.send(`${baseUrl}${filled}${search && `?${search}`}`, {
      method,
      ...(body !== undefined && { body }),
      headers: { ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }) },
    });
    // The generated types describe the bodies; nothing checks them at run time.
    return { ...response, isOk: response.status < 300 } as ReplyOf<Paths, Method, Path, Failure>;
  }
}

/** The API refused a call that had to succeed. */
export class RefusedError extends Error {}

/** The body of a successful reply. @throws RefusedError with the status and body of another one. */
export function expectOk<Any extends Reply<unknown, unknown>>(
  what: string,
  reply: Any,
): Extract<Any, { isOk: true }>['body'] {
  if (!reply.isOk) throw new RefusedError(`${what}: ${reply.status} ${reply.text}`);
  return reply.body;
}
