import { expect, test } from "vitest";
import type { Card, Graph } from "./graph";
import { CARD_WIDTH, layout } from "./layout";

function card(key: string, rows = 1): Card {
  const names = Array.from({ length: rows }, (_, place) => `${key}.${place}`);
  return {
    key,
    id: key,
    name: key,
    namespace: "",
    job: false,
    focus: false,
    depth: 0,
    rows: names.map((name) => ({ key: name, label: name, column: name, focus: false })),
  };
}

function graph(links: readonly string[], rows = 1): Graph {
  const pairs = links.map((link) => link.split(">") as [string, string]);
  const keys = [...new Set(pairs.flat())];
  return {
    cards: keys.map((key) => card(key, rows)),
    lines: pairs.map(([from, to]) => ({
      from: `${from}.0`,
      to: `${to}.0`,
      fromCard: from,
      toCard: to,
      look: "direct",
      via: "job",
    })),
  };
}

test("data goes from left to right, over the longest way", () => {
  const placed = layout(graph(["a>b", "b>c", "a>c"]));
  const x = Object.fromEntries(placed.map((one) => [one.card.key, one.x]));
  expect(x.a).toBeLessThan(x.b ?? 0);
  expect(x.b).toBeLessThan(x.c ?? 0);
});

test("cards never overlap", () => {
  const links = ["a>x", "b>x", "c>x", "d>x", "x>y", "x>z", "a>z"];
  const placed = layout(graph(links, 3));
  for (const one of placed) {
    for (const other of placed) {
      if (one === other || one.x !== other.x) continue;
      expect(one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true);
    }
  }
  expect(new Set(placed.map((one) => one.x % (CARD_WIDTH + 120)))).toEqual(new Set([0]));
});

test("the order in which things are told does not matter", () => {
  const links = ["a>x", "b>x", "b>y", "x>z", "y>z"];
  const turned = {
    cards: [...graph(links).cards].reverse(),
    lines: [...graph(links).lines].reverse(),
  };
  expect(layout(turned)).toEqual(layout(graph(links)));
});

test("a cycle is drawn too", () => {
  expect(layout(graph(["a>b", "b>a", "b>c"]))).toHaveLength(3);
});

test("a chain of thousands needs no deep stack", () => {
  const links = Array.from({ length: 3000 }, (_, place) => `n${place}>n${place + 1}`);
  expect(layout(graph(links))).toHaveLength(3001);
});

test("nothing is laid out as nothing", () => {
  expect(layout({ cards: [], lines: [] })).toEqual([]);
});
