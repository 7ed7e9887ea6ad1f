import { describe, expect, it } from "vitest";
import { altered, type Change, changes, dropped, missing } from "./change";

const ORDERS = { namespace: "postgres://db", name: "shop.public.orders" };

describe("a link's changes", () => {
  it("are read as they are", () =>
    expect(changes([{ kind: "RENAMED", ...ORDERS, column: "amount", to: "total" }])).toEqual([
      { kind: "RENAMED", ...ORDERS, column: "amount", to: "total" },
    ]));

  it("may be one", () =>
    expect(changes({ kind: "REMOVED", ...ORDERS })).toEqual([dropped(ORDERS)]));

  it("are left out where they make no sense", () =>
    expect(changes(["drop it", null, { kind: "EXPLODED", ...ORDERS }, { kind: "ROWS" }])).toBe(
      undefined,
    ));

  it("lose what has no meaning", () =>
    expect(changes([{ kind: "ROWS", ...ORDERS, to: "total", sql: 3 }])).toEqual([
      { kind: "ROWS", ...ORDERS },
    ]));

  it("of a dataset cannot be those of a column", () =>
    expect(changes([{ kind: "RENAMED", ...ORDERS, to: "total" }])).toEqual([dropped(ORDERS)]));
});

describe("altering a change", () => {
  const renamed: Change = { kind: "RENAMED", ...ORDERS, column: "amount", to: "total" };

  it("keeps what still has a meaning", () =>
    expect(altered(renamed, { column: "id" })).toEqual({ ...renamed, column: "id" }));

  it("does not take a name for a type", () =>
    expect(altered(renamed, { kind: "RETYPED" })).toEqual({
      kind: "RETYPED",
      ...ORDERS,
      column: "amount",
    }));

  it("keeps whether NULL is meant", () =>
    expect(altered({ ...renamed, kind: "NULLABILITY" }, { to: "NOT NULL" }).to).toBe("NOT NULL"));

  it("drops the dataset if no column is meant", () =>
    expect(altered(renamed, { column: undefined })).toEqual(dropped(ORDERS)));

  it("does not call a column by the name of a new one", () =>
    expect(altered({ kind: "ADDED", ...ORDERS, column: "x" }, { kind: "ROWS" })).toEqual({
      kind: "ROWS",
      ...ORDERS,
    }));
});

it("says what is missing", () => {
  expect(missing({ kind: "RENAMED", ...ORDERS, column: "amount" })).toBe("Say the new name.");
  expect(missing({ kind: "LOGIC", ...ORDERS })).toBe("Give the new SQL.");
  expect(missing({ kind: "REORDERED", ...ORDERS })).toBe("Say the new order of the columns.");
  expect(missing(dropped(ORDERS, "amount"))).toBe(undefined);
});

it("keeps which value goes, for values alone", () => {
  const values: Change = { kind: "VALUES", namespace: "n", name: "t", column: "c", from: "paid" };
  expect(changes(values)).toEqual([values]);
  expect(changes({ ...values, kind: "REMOVED" })).toEqual([dropped(values, "c")]);
  expect(altered(values, { kind: "RENAMED" })).not.toHaveProperty("from");
});
