import { expect, test } from "vitest";
import type { LineageQuery, TrailEndFragment } from "@/gql/generated/graphql";
import { graphOf, isPart, nearest, through } from "./graph";

type Answer = LineageQuery["lineage"];

function column(table: string, name: string): TrailEndFragment {
  return {
    __typename: "Column",
    id: `${table}.${name}`,
    name,
    dataset: { __typename: "Dataset", id: table, name: table, namespace: "db" },
  };
}

const JOB: TrailEndFragment = { __typename: "Job", id: "job", name: "board", namespace: "bi" };

function answer(steps: readonly [TrailEndFragment, TrailEndFragment][]): Answer {
  return {
    truncated: false,
    totals: { datasets: steps.length, jobs: 0 },
    roots: steps[0] ? [steps[0][0]] : [],
    reached: {
      pageInfo: { hasNextPage: false },
      edges: steps.map(([, end], place) => ({ node: { depth: place + 1, end } })),
    },
    links: {
      pageInfo: { hasNextPage: false },
      edges: steps.map(([source, target]) => ({
        node: { kind: "DIRECT", source, target, via: { name: "load" } },
      })),
    },
  };
}

const CHAIN = answer([
  [column("a", "x"), column("b", "x")],
  [column("b", "x"), column("c", "x")],
  [column("c", "x"), JOB],
]);

test("an answer is a part if a limit bit, or if there is another page of ends or links", () => {
  const more = { pageInfo: { hasNextPage: true } };
  expect(isPart(CHAIN)).toBe(false);
  expect(isPart({ ...CHAIN, truncated: true })).toBe(true);
  expect(isPart({ ...CHAIN, reached: { ...CHAIN.reached, ...more } })).toBe(true);
  expect(isPart({ ...CHAIN, links: { ...CHAIN.links, ...more } })).toBe(true);
});

test("each dataset is one card with the columns that take part, a job is a card without", () => {
  const graph = graphOf([CHAIN]);
  expect(graph.cards.map((card) => [card.name, card.rows.map((row) => row.label)])).toEqual([
    ["a", ["x"]],
    ["b", ["x"]],
    ["c", ["x"]],
    ["board", []],
  ]);
  expect(graph.cards.map((card) => card.focus)).toEqual([true, false, false, false]);
  expect(graph.lines.map((line) => [line.from, line.to])).toEqual([
    ["a.x", "b.x"],
    ["b.x", "c.x"],
    ["c.x", "job"],
  ]);
});

test("what is cut is farthest from the focus, with its lines", () => {
  const graph = nearest(graphOf([CHAIN]), 2);
  expect(graph.cards.map((card) => card.name)).toEqual(["a", "b"]);
  expect(graph.lines).toHaveLength(1);
});

test("the ways through a column are those to it and from it", () => {
  const graph = graphOf([CHAIN]);
  expect(through(graph, "b.x").size).toBe(3);
  expect(through(graph, "job").size).toBe(3);
  expect(through(graph, "elsewhere").size).toBe(0);
});
