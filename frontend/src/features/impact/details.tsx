import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Code } from "@/components/code";
import { Name } from "@/components/name";
import { OwnerNames } from "@/components/owner-names";
import { ThingLink } from "@/components/thing-link";
import { Trait } from "@/components/traits";
import type { Change } from "@/lib/change";
import styles from "./details.module.css";
import { jobSql, type Row } from "./impact";
import { CERTAINTIES } from "./verdict";

/** All that is known of what happens to a thing: the proof, the way to it, who is to ask. */
export function Details({ row, changes }: { row: Row; changes: readonly Change[] }) {
  return (
    <div className={styles.details}>
      {row.proof && <Proof row={row} proof={row.proof} changes={changes} />}
      {row.edits.length > 0 && <Edits of={row.edits} />}
      <Path of={row} />
      <dl className={styles.facts}>
        <Effects of={row.effects} />
        {row.columns.length > 0 && <Trait name="Columns">{row.columns.join(", ")}</Trait>}
        {row.certainty && <Trait name="How it is known">{CERTAINTIES[row.certainty]}</Trait>}
        {row.makers.length > 0 && (
          <Trait name={row.makers.length === 1 ? "Made by" : "Made by several"}>
            {row.makers.map((one) => (
              <ThingLink key={one.id} thing={one} plain />
            ))}
          </Trait>
        )}
        <Trait name="Who is to ask">
          {row.owners.length > 0 ? <OwnerNames of={row.owners} /> : "nobody named"}
        </Trait>
        <Trait name="Criticality">{row.criticality.toLowerCase()}</Trait>
        {row.thing && (
          <Trait name="See also">
            <Link to="/lineage" search={{ focus: [row.thing.id], grain: "dataset" }}>
              its lineage
            </Link>
          </Trait>
        )}
      </dl>
    </div>
  );
}

interface ProofProps {
  row: Row;
  proof: NonNullable<Row["proof"]>;
  changes: readonly Change[];
}

/** The SQL, with the place that fails; the line alone where the job has another SQL by now. */
function Proof({ row, proof, changes }: ProofProps) {
  const job = [...row.makers, ...(row.thing ? [row.thing] : [])].find(
    (one) => one.__typename === "Job" && one.name === proof.file,
  );
  const query = useQuery({ ...jobSql(job?.id ?? ""), enabled: job !== undefined });
  const rewritten = changes.find((one) => one.sql && one.name === row.thing?.name)?.sql;
  const whole = rewritten ?? query.data?.data.job?.sql?.query;
  const { line, column, sql, length } = proof;
  const place = [proof.file, line && `line ${line}`].filter(Boolean).join(", ");
  if (!(line && column && sql)) return <p className={styles.message}>{proof.message}</p>;
  const isThere = whole?.split("\n")[line - 1] === sql;
  return (
    <div className={styles.proof}>
      <p className={styles.message}>{proof.message}</p>
      <Code
        label={`SQL of ${place}`}
        text={isThere && whole ? whole : sql}
        from={isThere ? 1 : line}
        mark={{ line, column, length }}
      />
      <p className={styles.place}>{place}</p>
    </div>
  );
}

function Edits({ of }: { of: Row["edits"] }) {
  return (
    <div>
      <p className={styles.message}>This would mend it:</p>
      <div className={styles.edits}>
        {of.map(({ line, before, after }) => (
          <div key={`${line} ${before}`}>
            <code className={styles.before}>
              <span>− </span>
              {before.trim()}
            </code>
            <code className={styles.after}>
              <span>+ </span>
              {after.trim()}
            </code>
          </div>
        ))}
      </div>
    </div>
  );
}

function Path({ of: { path, steps } }: { of: Row }) {
  return (
    <nav aria-label="The way to it">
      <ol className={styles.path}>
        {path.map((name, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={place}>
            <Step name={name} thing={steps[place]} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Step({ name, thing }: { name: string; thing: Row["steps"][number] | undefined }) {
  if (!thing) return <Name of={name} />;
  return <ThingLink thing={{ ...thing, name, namespace: "" }} plain />;
}

function Effects({ of: { schema, rows, columns, rebound } }: { of: Row["effects"] }) {
  return (
    <>
      {schema.length > 0 && <Trait name="Its columns">{schema.map(told).join("; ")}</Trait>}
      {rows !== "NONE" && (
        <Trait name="Its rows">{rows === "MEMBERS" ? "others" : "more or less often"}</Trait>
      )}
      {columns.length > 0 && <Trait name="Other values in">{columns.join(", ")}</Trait>}
      {rebound.length > 0 && <Trait name="Finds another column">{rebound.join("; ")}</Trait>}
    </>
  );
}

function told({ kind, column, from, to }: Row["effects"]["schema"][number]): string {
  const moved = from && to ? `${from} → ${to}` : (to ?? from ?? "");
  return [column, kind.toLowerCase(), moved].filter(Boolean).join(" ");
}
