import { expect, it } from "vitest";
import { closest } from "./closest";

it("finds what was meant", () =>
  expect(closest("amonut", ["id", "customer", "amount"])).toEqual(["amount"]));

it("finds what holds the word", () =>
  expect(closest("fee", ["policy_id", "excess_fee"])).toEqual(["excess_fee"]));

it("suggests nothing that is far off", () => expect(closest("zzzzz", ["amount"])).toEqual([]));
