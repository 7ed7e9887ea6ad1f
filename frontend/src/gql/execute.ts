import type { TypedDocumentString } from "@/gql/generated/graphql";

/** One thing that the server could not do, as GraphQL tells it. */
export interface Problem {
  message: string;
  path: readonly (string | number)[];
  code: string | undefined;
  /** Asking again may help: the server is slow or busy, and does not refuse the question. */
  retriable: boolean;
}

/** What the server answered; a part that failed is null in `data` and named in `problems`. */
export interface Answer<Data> {
  data: Data;
  problems: readonly Problem[];
}

/** No answer at all: the server cannot be reached, refuses, or failed as a whole. */
export class RequestError extends Error {
  override name = "RequestError";
  readonly requestId: string | undefined;
  readonly retriable: boolean;

  constructor(message: string, requestId?: string, retriable = true) {
    super(message);
    this.requestId = requestId;
    this.retriable = retriable;
  }
}

/** Ask once more when that may help; a refusal is shown at once. */
export function mayRetry(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof RequestError && !error.retriable);
}

/** Ask one question; cancelled by the signal. */
export async function execute<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  const response = await send({ query: document.toString(), variables }, signal);
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const body: unknown = await response.json().catch(() => undefined);
  if (!isObject(body)) {
    throw new RequestError(`The server answered ${response.status} without data.`, requestId);
  }
  const problems = readProblems(body.errors);
  if (!isObject(body.data)) {
    const [first] = problems;
    throw new RequestError(
      first?.message ?? `Status ${response.status}`,
      requestId,
      first?.retriable,
    );
  }
  return { data: body.data as Data, problems };
}

async function send(body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
      },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (reason) {
    if (signal?.aborted) throw reason;
    throw new RequestError("The server cannot be reached.");
  }
}

function readProblems(errors: unknown): readonly Problem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isObject).map((error) => ({
    message: String(error.message ?? "Unknown error"),
    path: Array.isArray(error.path) ? error.path : [],
    code: isObject(error.extensions) ? String(error.extensions.code) : undefined,
    retriable: !(isObject(error.extensions) && error.extensions.retriable === false),
  }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
