import type { Card, Graph } from "./graph";

/** Where a card stands, in pixels; its rows follow its head from top to bottom. */
export interface Placed {
  card: Card;
  x: number;
  y: number;
  height: number;
}

export const CARD_WIDTH = 240;
export const HEAD_HEIGHT = 60;
export const ROW_HEIGHT = 26;
const RANK_GAP = 120;
const CARD_GAP = 20;
const SWEEPS = 8;

/**
 * Lay cards out in ranks from left to right, the way the data goes. Deterministic: equal graphs
 * are laid out equally. Ranks are longest paths (a cycle is cut where a walk closes it); inside a
 * rank cards are ordered by the mean place of what they are linked with, swept back and forth.
 */
export function layout(graph: Graph): Placed[] {
  const cards = [...graph.cards].sort((one, other) => (one.key < other.key ? -1 : 1));
  const next = neighbours(graph, "fromCard", "toCard");
  const before = neighbours(graph, "toCard", "fromCard");
  const ranks = ranksOf(cards, next);
  const columns: Card[][] = [];
  for (const card of cards) {
    const rank = ranks.get(card.key) ?? 0;
    columns[rank] = [...(columns[rank] ?? []), card];
  }
  const places = new Map<string, number>();
  for (const column of columns) note(column, places);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forth = sweep % 2 === 0;
    const order = forth ? [...columns.keys()] : [...columns.keys()].reverse();
    for (const rank of order) {
      const column = swept(columns[rank] ?? [], places, forth ? before : next);
      columns[rank] = column;
      note(column, places);
    }
  }
  const room = tallest(columns);
  return columns.flatMap((column, rank) => stack(column, rank, room));
}

function heightOf(card: Card): number {
  return HEAD_HEIGHT + card.rows.length * ROW_HEIGHT;
}

function heightOfAll(column: readonly Card[]): number {
  return column.reduce((sum, card) => sum + heightOf(card) + CARD_GAP, 0);
}

function tallest(columns: readonly Card[][]): number {
  return Math.max(0, ...columns.map(heightOfAll));
}

function stack(column: readonly Card[], rank: number, room: number): Placed[] {
  let y = (room - heightOfAll(column)) / 2;
  return column.map((card) => {
    const placed = { card, x: rank * (CARD_WIDTH + RANK_GAP), y, height: heightOf(card) };
    y += placed.height + CARD_GAP;
    return placed;
  });
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(
  graph: Graph,
  from: "fromCard" | "toCard",
  to: "fromCard" | "toCard",
): Neighbours {
  const found = new Map<string, Set<string>>();
  for (const line of graph.lines) {
    const set = found.get(line[from]) ?? new Set();
    found.set(line[from], set.add(line[to]));
  }
  return new Map([...found].map(([key, set]) => [key, [...set].sort()]));
}

/** The longest path to each card, by a depth-first walk without recursion. */
function ranksOf(cards: readonly Card[], next: Neighbours): Map<string, number> {
  const done: string[] = [];
  const state = new Map<string, "open" | "done">();
  const kept = new Map<string, string[]>();
  for (const { key } of cards) {
    const stack: { key: string; rest: string[] }[] = [];
    const enter = (one: string) => {
      state.set(one, "open");
      stack.push({ key: one, rest: [...(next.get(one) ?? [])] });
    };
    if (!state.has(key)) enter(key);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = top.rest.shift();
      if (target === undefined) {
        state.set(top.key, "done");
        done.push(top.key);
        stack.pop();
      } else if (state.get(target) !== "open") {
        kept.set(top.key, [...(kept.get(top.key) ?? []), target]);
        if (!state.has(target)) enter(target);
      }
    }
  }
  const ranks = new Map<string, number>();
  for (const key of done.reverse()) {
    const rank = ranks.get(key) ?? 0;
    ranks.set(key, rank);
    for (const target of kept.get(key) ?? []) {
      ranks.set(target, Math.max(ranks.get(target) ?? 0, rank + 1));
    }
  }
  return ranks;
}

/** Order one rank by the mean place of each card's neighbours; ties stay. */
function swept(
  column: readonly Card[],
  places: ReadonlyMap<string, number>,
  towards: Neighbours,
): Card[] {
  const weight = (card: Card) => {
    const around = (towards.get(card.key) ?? []).map((key) => places.get(key) ?? 0);
    if (around.length === 0) return places.get(card.key) ?? 0;
    return around.reduce((sum, place) => sum + place, 0) / around.length;
  };
  const weights = new Map(column.map((card) => [card.key, weight(card)]));
  return [...column].sort(
    (one, other) => (weights.get(one.key) ?? 0) - (weights.get(other.key) ?? 0),
  );
}

/** Note where the cards of a rank stand, from 0 at the top to 1 at the bottom. */
function note(column: readonly Card[], places: Map<string, number>) {
  for (const [place, card] of column.entries()) {
    places.set(card.key, (place + 0.5) / column.length);
  }
}
