import { useQuery } from "@tanstack/react-query";
import { type Named, ThingLink } from "@/components/thing-link";
import { altered, type Change, type Kind, missing, OF_COLUMNS, OF_DATASETS } from "@/lib/change";
import styles from "./composer.module.css";
import { DidYouMean } from "./did-you-mean";
import { Accepted, Nullable, Order, Value, Values } from "./forms";
import { target } from "./impact";
import { NewSql } from "./new-sql";
import type { Known, PartProps } from "./part";

const WORDS: Record<Kind, string> = {
  REMOVED: "drop",
  RENAMED: "rename",
  RETYPED: "change the type of",
  NULLABILITY: "change the nullability of",
  VALUES: "change the values of",
  ADDED: "add a column to",
  LOGIC: "change the SQL of",
  ROWS: "change the rows of",
  REORDERED: "reorder the columns of",
  CHECK: "test of",
};

interface SentenceProps {
  change: Change;
  say: (change: Change) => void;
  remove: () => void;
}

/** A change, in words that can be changed. */
export function Sentence({ change, say, remove }: SentenceProps) {
  const query = useQuery(target(change.namespace, change.name));
  const known = query.data?.data.dataset;
  const ofColumn = change.column !== undefined && change.kind !== "ADDED";
  const kinds: readonly Kind[] = ofColumn ? OF_COLUMNS : OF_DATASETS;
  return (
    <li>
      <div className={styles.sentence}>
        <select
          aria-label="What is done"
          value={change.kind}
          onChange={(event) => say(altered(change, { kind: event.target.value as Kind }))}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {WORDS[one]}
            </option>
          ))}
        </select>
        {["LOGIC", "ADDED", "ROWS", "REORDERED"].includes(change.kind) || (
          <ColumnChoice change={change} say={say} known={known} />
        )}
        <Target change={change} known={known} />
        {change.kind === "NULLABILITY" && <Nullable change={change} say={say} />}
        {change.kind === "REORDERED" && <Order change={change} say={say} known={known} />}
        {change.kind === "CHECK" && <Accepted change={change} say={say} />}
        {change.kind === "VALUES" && (
          <Values key={`values ${JSON.stringify(change)}`} change={change} say={say} />
        )}
        <Value key={JSON.stringify(change)} change={change} say={say} known={known} />
        <button type="button" aria-label="Remove this change" onClick={remove}>
          ✕
        </button>
      </div>
      <p className={styles.missing}>{missing(change)}</p>
      {change.kind === "LOGIC" && <NewSql change={change} say={say} />}
      {query.data && <DidYouMean change={change} say={say} known={known} />}
    </li>
  );
}

/** Which column of the dataset, or the dataset itself. */
function ColumnChoice({ change, say, known }: PartProps) {
  const { column } = change;
  const names = known?.columns.map((one) => one.name) ?? [];
  const all = column === undefined || names.includes(column) ? names : [column, ...names];
  return (
    <>
      <select
        aria-label="Which column"
        value={column ?? ""}
        onChange={(event) => say(altered(change, { column: event.target.value || undefined }))}
      >
        <option value="">the whole dataset</option>
        {all.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      {column !== undefined && <span>of</span>}
    </>
  );
}

function Target({ change, known }: { change: Change; known: Known }) {
  const thing: Named | null = known ?? null;
  return thing ? <ThingLink thing={thing} plain /> : <b>{change.name}</b>;
}
