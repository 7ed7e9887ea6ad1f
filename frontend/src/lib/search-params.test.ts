import { describe, expect, it } from "vitest";
import { count, oneOf, present, text, texts } from "./search-params";

describe("reading a link that somebody edited", () => {
  it("takes a number for the text it was", () => expect(text(2024)).toBe("2024"));

  it("leaves out what is empty or no text", () =>
    expect([text(""), text(undefined), text({})]).toEqual([undefined, undefined, undefined]));

  it("reads one text or several as several", () =>
    expect([texts("a"), texts(["a", "", 3]), texts([])]).toEqual([["a"], ["a", "3"], undefined]));

  it("keeps to the closed list of words", () =>
    expect([oneOf(["up", "down"], "up"), oneOf(["up", "down"], "left")]).toEqual([
      "up",
      undefined,
    ]));

  it("takes whole numbers inside the limits only", () =>
    expect([count("3", 0, 9), count(9, 0, 9), count(10, 0, 9), count(1.5, 0, 9)]).toEqual([
      3,
      9,
      undefined,
      undefined,
    ]));

  it("has no key for what is not there", () =>
    expect(Object.keys(present({ q: "a", type: undefined }))).toEqual(["q"]));
});
