import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Named, ThingLink } from "@/components/thing-link";
import type { TargetQuery } from "@/gql/generated/graphql";
import { altered, type Change, type Kind, missing, OF_COLUMNS, OF_DATASETS } from "@/lib/change";
import { closest } from "./closest";
import styles from "./composer.module.css";
import { madeBy, pick, target } from "./impact";
import { Picker } from "./picker";

const WORDS: Record<Kind, string> = {
  REMOVED: "drop",
  RENAMED: "rename",
  RETYPED: "change the type of",
  NULLABILITY: "change the nullability of",
  VALUES: "change the values of",
  ADDED: "add a column to",
  LOGIC: "change the SQL of",
  ROWS: "change the rows of",
};

interface ComposerProps {
  changes: readonly Change[];
  say: (changes: readonly Change[]) => void;
}

/** Where changes are put together, each a sentence. */
export function Composer({ changes, say }: ComposerProps) {
  const [adding, setAdding] = useState(false);
  const put = (place: number, change: Change) => say(changes.with(place, change));
  const add = (change: Change) => {
    setAdding(false);
    say([...changes, change]);
  };
  return (
    <fieldset className={styles.composer}>
      <legend>What is changed</legend>
      <ol className={styles.changes}>
        {changes.map((one, place) => (
          <Sentence
            // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
            key={place}
            change={one}
            say={(to) => put(place, to)}
            remove={() => say(changes.toSpliced(place, 1))}
          />
        ))}
      </ol>
      {changes.length === 0 || adding ? (
        <Picker choose={add} focused={adding} />
      ) : (
        <button type="button" onClick={() => setAdding(true)}>
          And another change
        </button>
      )}
    </fieldset>
  );
}

interface SentenceProps {
  change: Change;
  say: (change: Change) => void;
  remove: () => void;
}

function Sentence({ change, say, remove }: SentenceProps) {
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
        {["LOGIC", "ADDED", "ROWS"].includes(change.kind) || (
          <ColumnChoice change={change} say={say} known={known} />
        )}
        <Target change={change} known={known} />
        {change.kind === "NULLABILITY" && <Nullable change={change} say={say} />}
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

type Known = TargetQuery["dataset"] | undefined;

interface PartProps {
  change: Change;
  say: (change: Change) => void;
  known: Known;
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

/** May it be NULL from now on? */
function Nullable({ change, say }: Omit<PartProps, "known">) {
  return (
    <select
      aria-label="NULL or NOT NULL"
      value={change.to?.toUpperCase() === "NOT NULL" ? "NOT NULL" : "NULL"}
      onChange={(event) => say(altered(change, { to: event.target.value }))}
    >
      <option>NULL</option>
      <option>NOT NULL</option>
    </select>
  );
}

/** Which value goes, and which comes; neither need be said. */
function Values({ change, say }: Omit<PartProps, "known">) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from = "", to = ""] = [form.get("from"), form.get("to")].map((one) =>
      String(one ?? "").trim(),
    );
    if (from !== (change.from ?? "") || to !== (change.to ?? "")) {
      say(altered(change, { from, to }));
    }
  };
  return (
    <form className={styles.value} onSubmit={submit} onBlur={(event) => leave(event)}>
      <label>
        from <input name="from" defaultValue={change.from} placeholder="any value" />
      </label>
      <label>
        to <input name="to" defaultValue={change.to} placeholder="any other" />
      </label>
      <button type="submit">Judge</button>
    </form>
  );
}

/** What the new name, type or column is; said when the field is left or Enter is pressed. */
function Value({ change, say, known }: PartProps) {
  const type = known?.columns.find((one) => one.name === change.column)?.columnType;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [column, to] = [form.get("column"), form.get("to")].map((one) =>
      String(one ?? "").trim(),
    );
    const added = change.kind === "ADDED" ? { column: column || undefined } : {};
    if (column !== (change.column ?? "") || to !== (change.to ?? "")) {
      const { to: _, ...rest } = change;
      say(altered(rest, { ...added, ...(to && { to }) }));
    }
  };
  if (!["RENAMED", "RETYPED", "ADDED"].includes(change.kind)) return null;
  return (
    <form className={styles.value} onSubmit={submit} onBlur={(event) => leave(event)}>
      {change.kind === "ADDED" && (
        <label>
          called <input name="column" defaultValue={change.column} placeholder="new_column" />
        </label>
      )}
      <label>
        {change.kind === "ADDED" ? "of type" : "to"}{" "}
        <input
          name="to"
          defaultValue={change.to}
          placeholder={change.kind === "RENAMED" ? "new_name" : (type ?? "a type")}
        />
      </label>
      <button type="submit">Judge</button>
    </form>
  );
}

/** Leaving a form for elsewhere says what is in it. */
function leave(event: React.FocusEvent<HTMLFormElement>) {
  if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.requestSubmit();
}

/** The new query, beginning with the one that now makes the dataset. */
function NewSql({ change, say }: Omit<PartProps, "known">) {
  const query = useQuery(madeBy(change.namespace, change.name));
  const vias = query.data?.data.lineage.reached.edges.flatMap((edge) => edge.node.path) ?? [];
  const made = new Set(vias.flatMap(({ via }) => ("sql" in via && via.sql ? [via.sql.query] : [])));
  const [only] = made.size === 1 ? made : [];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sql = String(new FormData(event.currentTarget).get("sql") ?? "");
    say(altered(change, { sql }));
  };
  if (query.isPending) return null;
  return (
    <form className={styles.sql} onSubmit={submit} key={change.sql ?? only ?? ""}>
      <textarea
        aria-label="The new SQL"
        name="sql"
        rows={8}
        spellCheck={false}
        defaultValue={change.sql ?? only ?? ""}
        placeholder="select …"
      />
      <button type="submit">Judge</button>
    </form>
  );
}

/** What is not known is said, with what is called alike. */
function DidYouMean({ change, say, known }: PartProps) {
  const { namespace, name, column } = change;
  if (!known) return <SuchDatasets change={change} say={say} />;
  const names = known.columns.map((one) => one.name);
  if (column === undefined || change.kind === "ADDED" || names.includes(column)) return null;
  return (
    <Suggestions
      said={`${name} has no column “${column}”.`}
      among={closest(column, names).map((one) => ({
        word: one,
        take: () => say({ ...change, namespace, column: one }),
      }))}
    />
  );
}

function SuchDatasets({ change, say }: Omit<PartProps, "known">) {
  const last = change.name.split(/[./]/).at(-1) ?? change.name;
  const query = useQuery(pick(last));
  const hits = query.data?.data.search.filter((one) => one.__typename === "Dataset") ?? [];
  return (
    <Suggestions
      said={`The catalog knows no dataset “${change.name}” in ${change.namespace}.`}
      among={hits.slice(0, 3).map(({ namespace, name }) => ({
        word: name,
        take: () => say({ ...change, namespace, name }),
      }))}
    />
  );
}

interface Suggestion {
  word: string;
  take: () => void;
}

function Suggestions({ said, among }: { said: string; among: readonly Suggestion[] }) {
  return (
    <p className={styles.suggestions} role="alert">
      {said}
      {among.length > 0 && " Did you mean "}
      {among.map(({ word, take }, place) => (
        <span key={word}>
          {place > 0 && " or "}
          <button type="button" onClick={take}>
            {word}
          </button>
        </span>
      ))}
      {among.length > 0 && "?"}
    </p>
  );
}
