import { expect, test } from "vitest";
import { moment, span } from "./moments";

test("what is not known is a dash", () => {
  expect(moment(null)).toBe("–");
  expect(span(null, "2026-01-01T00:00:00Z")).toBe("–");
});

test.each([
  ["2026-01-01T00:00:42Z", "42 s"],
  ["2026-01-01T00:02:05Z", "2 min 5 s"],
  ["2026-01-01T03:07:00Z", "3 h 7 min"],
])("a span until %s reads %s", (end, words) => {
  expect(span("2026-01-01T00:00:00Z", end)).toBe(words);
});
