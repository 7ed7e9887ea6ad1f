import { oneOf, present, type RawSearch, text } from "@/lib/search-params";

/** What may be done to a column, and to a dataset; the first is what one thinks of first. */
export const OF_COLUMNS = [
  "REMOVED",
  "RENAMED",
  "RETYPED",
  "NULLABILITY",
  "VALUES",
  "CHECK",
] as const;
export const OF_DATASETS = ["REMOVED", "ADDED", "REORDERED", "LOGIC", "ROWS"] as const;

export type Kind = (typeof OF_COLUMNS)[number] | (typeof OF_DATASETS)[number];

/**
 * A change that somebody thinks of, as a link holds it. By names, not ids: so that a link to what
 * is not there (any more) still says what was meant.
 */
export interface Change {
  kind: Kind;
  namespace: string;
  name: string;
  /** The column; of ADDED the new one. */
  column?: string;
  /**
   * The new name (RENAMED), type (RETYPED, ADDED) or value (VALUES), or `NOT NULL` (NULLABILITY);
   * the columns in order (REORDERED), `IN` and what is accepted (CHECK).
   */
  to?: string;
  /** A value that a column has no more (VALUES). */
  from?: string;
  /** The new query (LOGIC). */
  sql?: string;
}

/** Of these is said what becomes of the thing. */
const TO: readonly Kind[] = [
  "RENAMED",
  "RETYPED",
  "ADDED",
  "NULLABILITY",
  "VALUES",
  "REORDERED",
  "CHECK",
];
const KINDS = [...OF_COLUMNS, ...OF_DATASETS];

/** The changes in a link; what makes no sense is left out. */
export function changes(value: unknown): Change[] | undefined {
  const found = (Array.isArray(value) ? value : [value]).map(change).filter((one) => one !== null);
  return found.length > 0 ? found : undefined;
}

function change(value: unknown): Change | null {
  if (typeof value !== "object" || value === null) return null;
  const raw = value as RawSearch;
  const kind = oneOf(KINDS, raw.kind);
  const [namespace, name] = [text(raw.namespace), text(raw.name)];
  if (!(kind && namespace && name)) return null;
  const rest = {
    column: text(raw.column),
    to: text(raw.to),
    from: text(raw.from),
    sql: text(raw.sql),
  };
  return fitting({ kind, namespace, name, ...present(rest) });
}

/** Drop it: what a link from a thing's page asks about. */
export function dropped(of: { namespace: string; name: string }, column?: string): Change {
  const { namespace, name } = of;
  return { kind: "REMOVED", namespace, name, ...(column !== undefined && { column }) };
}

/** The change with something of it otherwise, and without what then has no meaning. */
export function altered(
  one: Change,
  to: { kind?: Kind; column?: string | undefined; to?: string; from?: string; sql?: string },
): Change {
  const otherKind = to.kind !== undefined && to.kind !== one.kind;
  const forgotten = {
    ...(otherKind && { to: "", from: "" }), // a name is no type
    ...(otherKind && one.kind === "ADDED" && { column: undefined }),
  };
  const { column, ...rest } = { ...one, ...forgotten, ...to };
  return fitting({ ...rest, ...(column && { column }) });
}

function fitting(one: Change): Change {
  const { kind, namespace, name, column, to, from, sql } = one;
  const among: readonly Kind[] = column && kind !== "ADDED" ? OF_COLUMNS : OF_DATASETS;
  const fits = among.includes(kind) ? kind : "REMOVED";
  return {
    kind: fits,
    namespace,
    name,
    ...(column && { column }),
    ...(to && TO.includes(fits) && { to }),
    ...(from && fits === "VALUES" && { from }),
    ...(sql && fits === "LOGIC" && { sql }),
  };
}

/** What is still to be said before it can be judged; nothing if all is. */
export function missing({ kind, column, to, sql }: Change): string | undefined {
  if (kind === "RENAMED" && !to) return "Say the new name.";
  if (kind === "RETYPED" && !to) return "Say the new type.";
  if (kind === "ADDED" && !column) return "Say what the new column is called.";
  if (kind === "REORDERED" && !to) return "Say the new order of the columns.";
  if (kind === "CHECK" && !to) return "Say which values are accepted.";
  if (kind === "LOGIC" && !sql) return "Give the new SQL.";
  return undefined;
}
