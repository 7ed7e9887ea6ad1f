import type { LineageQuery, TrailEndFragment } from "@/gql/generated/graphql";

/** Something that data goes into or comes out of, with those of its columns that take part. */
export interface Card {
  key: string;
  id: string;
  name: string;
  namespace: string;
  job: boolean;
  focus: boolean;
  /** Over how many links it is first reached; 0 of a root. */
  depth: number;
  rows: readonly Row[];
}

/** A line of a card: a column, the row set, or the dataset as a whole. */
export interface Row {
  key: string;
  label: string;
  /** The page of a column; undefined for rows and wholes. */
  column: string | undefined;
  focus: boolean;
}

/** A link between two lines, or two cards where lines are not told apart. */
export interface Line {
  from: string;
  to: string;
  fromCard: string;
  toCard: string;
  look: "direct" | "indirect" | "whole";
  via: string;
}

export interface Graph {
  cards: readonly Card[];
  lines: readonly Line[];
}

type Answer = LineageQuery["lineage"];

/** Put what was reached in both directions into one picture's cards and lines. */
export function graphOf(answers: readonly Answer[]): Graph {
  const cards = new Map<string, Card & { rows: Row[] }>();
  const place = (end: TrailEndFragment, depth: number) => {
    const owner = ownerOf(end);
    const key = owner.id;
    const focus = depth === 0;
    const card = cards.get(key) ?? { ...owner, key, focus, depth, rows: [] };
    cards.set(key, { ...card, focus: card.focus || focus, depth: Math.min(card.depth, depth) });
    const row = rowOf(end, focus);
    if (row && !card.rows.some((one) => one.key === row.key)) card.rows.push(row);
  };
  for (const answer of answers) {
    for (const root of answer.roots) if (root.__typename !== "Whole") place(root, 0);
    for (const { node } of answer.reached.edges) place(node.end, node.depth);
  }
  const lines = new Map<string, Line>();
  for (const answer of answers) {
    for (const { node } of answer.links.edges) {
      const line = lineOf(node);
      if (cards.has(line.fromCard) && cards.has(line.toCard) && line.fromCard !== line.toCard) {
        const known = lines.get(`${line.from} ${line.to}`);
        if (!known || known.look === "indirect") lines.set(`${line.from} ${line.to}`, line);
      }
    }
  }
  const used = new Set([...lines.values()].flatMap((line) => [line.from, line.to]));
  return {
    cards: [...cards.values()].map((card) => ({ ...card, rows: shown(card, used) })),
    lines: [...lines.values()],
  };
}

/** Keep the cards nearest to the focus, and the lines between them. */
export function nearest(graph: Graph, most: number): Graph {
  const ordered = [...graph.cards].sort((one, other) => one.depth - other.depth);
  const cards = ordered.slice(0, most);
  const kept = new Set(cards.map((card) => card.key));
  const lines = graph.lines.filter((line) => kept.has(line.fromCard) && kept.has(line.toCard));
  return { cards, lines };
}

/** Give the lines on the ways through a row: all that leads to it, and all that it leads to. */
export function through(graph: Graph, row: string): ReadonlySet<Line> {
  const found = new Set<Line>();
  for (const [from, to] of [
    ["from", "to"],
    ["to", "from"],
  ] as const) {
    const leaving = Map.groupBy(graph.lines, (line) => line[from]);
    const seen = new Set([row]);
    for (const key of seen) {
      for (const line of leaving.get(key) ?? []) {
        found.add(line);
        seen.add(line[to]);
      }
    }
  }
  return found;
}

/** Rows and wholes are drawn only where a line ends in them; columns always. */
function shown(card: Card, used: ReadonlySet<string>): readonly Row[] {
  return card.rows.filter((row) => row.column !== undefined || used.has(row.key));
}

function lineOf(link: Answer["links"]["edges"][number]["node"]): Line {
  const [source, target] = [link.source, link.target];
  const vague = [source, target].some((end) => end.__typename === "Whole");
  return {
    from: keyOf(source),
    to: keyOf(target),
    fromCard: ownerOf(source).id,
    toCard: ownerOf(target).id,
    look: vague ? "whole" : link.kind === "INDIRECT" ? "indirect" : "direct",
    via: link.via.name,
  };
}

function ownerOf(end: TrailEndFragment): Pick<Card, "id" | "name" | "namespace" | "job"> {
  const thing = "dataset" in end ? end.dataset : end;
  return {
    id: thing.id,
    name: thing.name,
    namespace: thing.namespace,
    job: thing.__typename === "Job",
  };
}

function keyOf(end: TrailEndFragment): string {
  switch (end.__typename) {
    case "Column":
      return end.id;
    case "Rows":
      return `${end.dataset.id} rows`;
    case "Whole":
      return `${end.dataset.id} whole`;
    default:
      return end.id;
  }
}

function rowOf(end: TrailEndFragment, focus: boolean): Row | undefined {
  const key = keyOf(end);
  switch (end.__typename) {
    case "Column":
      return { key, label: end.name, column: end.id, focus };
    case "Rows":
      return { key, label: "rows", column: undefined, focus: false };
    case "Whole":
      return { key, label: "columns not known", column: undefined, focus: false };
    default:
      return undefined;
  }
}
