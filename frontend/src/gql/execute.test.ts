import { describe, expect, it, vi } from "vitest";
import { execute, mayRetry, RequestError } from "./execute";
import { TypedDocumentString } from "./generated/graphql";

const QUESTION = new TypedDocumentString<{ version: string | null }, object>("{ version }");

function answerWith(status: number, body: string, headers: Record<string, string> = {}) {
  vi.stubGlobal("fetch", async () => new Response(body, { status, headers }));
}

describe("asking the server", () => {
  it("gives the data", async () => {
    answerWith(200, '{"data": {"version": "1"}}');
    expect(await execute(QUESTION, {})).toEqual({ data: { version: "1" }, problems: [] });
  });

  it("gives the data that there are and names what failed", async () => {
    answerWith(
      200,
      '{"data": {"version": null}, "errors": [{"message": "slow", "path": ["version"], "extensions": {"code": "TIMEOUT"}}]}',
    );
    expect((await execute(QUESTION, {})).problems).toEqual([
      { message: "slow", path: ["version"], code: "TIMEOUT", retriable: true },
    ]);
  });

  it("fails with the server's words and the request's id when there are no data", async () => {
    answerWith(400, '{"errors": [{"message": "too deep"}]}', { "x-request-id": "r-7" });
    const failure = await execute(QUESTION, {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RequestError);
    expect(failure).toMatchObject({ message: "too deep", requestId: "r-7" });
  });

  it("asks once more what failed by chance, and never what is refused", async () => {
    answerWith(
      200,
      '{"data": null, "errors": [{"message": "no dataset", "extensions": {"retriable": false}}]}',
    );
    const refusal = await execute(QUESTION, {}).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ message: "no dataset", retriable: false });
    expect(mayRetry(0, refusal as Error)).toBe(false);
    expect([mayRetry(0, new RequestError("busy")), mayRetry(1, new RequestError("busy"))]).toEqual([
      true,
      false,
    ]);
  });

  it("fails in words when a proxy answers with a page", async () => {
    answerWith(502, "<html>Bad gateway</html>");
    await expect(execute(QUESTION, {})).rejects.toThrow("The server answered 502 without data.");
  });

  it("says that the server cannot be reached", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(execute(QUESTION, {})).rejects.toThrow("The server cannot be reached.");
  });
});
