import { useQuery } from "@tanstack/react-query";
import { closest } from "./closest";
import styles from "./composer.module.css";
import { pick } from "./impact";
import type { PartProps } from "./part";

/** What is not known is said, with what is called alike. */
export function DidYouMean({ change, say, known }: PartProps) {
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
