import { useEffect, useState } from "react";
import { CopyButton } from "@/components/copy-button";
import { FilteredOut } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Section } from "@/components/section";
import type { Verdict } from "@/gql/generated/graphql";
import type { Change } from "@/lib/change";
import { onKeys } from "@/lib/keys";
import { type Report, type Row, sheet } from "./impact";
import { ImpactTable, keyOf, step } from "./impact-table";
import styles from "./report.module.css";
import { LOOKS, VerdictWord } from "./verdict";

/** Which of the rows are looked at; kept in the address. */
export interface Look {
  verdict: Verdict | undefined;
  owner: string | undefined;
  open: string | undefined;
}

interface ReportProps {
  report: Report;
  /** What has come of its rows. */
  rows: readonly Row[];
  changes: readonly Change[];
  look: Look;
  see: (look: Partial<Look>) => void;
  /** Ask for more rows; undefined while that is not possible, or all are there. */
  more: (() => void) | undefined;
}

/**
 * What changes break: in a sentence, by verdict, and thing by thing; `j` and `k` go down and up.
 */
export function ReportView({ report, rows, changes, look, see, more }: ReportProps) {
  const total = report.impacts.totalCount ?? rows.length;
  const seen = rows.filter((row) => shows(look, row));
  const judged = seen.filter((row) => row.verdict !== "UNKNOWN");
  const unknown = seen.filter((row) => row.verdict === "UNKNOWN");
  const table = { look, see, changes, more };
  useEffect(() => {
    if (more && needsAll(look, rows)) more();
  }, [more, look, rows]);
  useEffect(() => onKeys({ j: () => step(1), k: () => step(-1) }), []);
  return (
    <>
      <p className={`${styles.headline} ${styles[report.verdict]}`} role="status">
        {report.headline}
      </p>
      <Coverage of={report} />
      {total > 0 && <Tools report={report} rows={rows} changes={changes} look={look} see={see} />}
      {rows.length < total && (
        <Notice>
          {rows.length.toLocaleString()} of {total.toLocaleString()} are here; the others come as
          you scroll.
        </Notice>
      )}
      {judged.length > 0 && <ImpactTable label="Impacts" rows={judged} {...table} />}
      {unknown.length > 0 && (
        <Section title={`Could not be judged (${unknown.length.toLocaleString()})`}>
          <p>This does not mean that nothing happens to them.</p>
          <ImpactTable label="Could not be judged" rows={unknown} {...table} />
        </Section>
      )}
      {seen.length > 0 && (
        <p className={styles.keys}>
          <kbd>j</kbd> and <kbd>k</kbd> go down and up, <kbd>Enter</kbd> opens.
        </p>
      )}
      {total > 0 && seen.length === 0 && (
        <FilteredOut
          filter={[look.verdict && LOOKS[look.verdict].word, look.owner].filter(Boolean).join(", ")}
          clear={() => see({ verdict: undefined, owner: undefined })}
        />
      )}
    </>
  );
}

/** Of rows that are picked out, all have to be there; so has the one that is open. */
function needsAll({ verdict, owner, open }: Look, rows: readonly Row[]): boolean {
  if (verdict !== undefined || owner !== undefined) return true;
  return open !== undefined && !rows.some((row) => keyOf(row) === open);
}

function shows({ verdict, owner }: Look, row: Row): boolean {
  if (verdict !== undefined && row.verdict !== verdict) return false;
  if (owner === undefined) return true;
  return owner === NOBODY ? row.owners.length === 0 : row.owners.includes(owner);
}

/** How much of what is downstream the answer rests on; said plainly where that is not all. */
function Coverage({ of: { complete, coverage, impacts } }: { of: Report }) {
  const { jobs, columns, resolved, truncated, unparsed } = coverage;
  return (
    <>
      <p className={styles.coverage}>
        {jobs === 0
          ? "The catalog knows nothing that reads it."
          : `Judged ${number(jobs, "statement")} downstream: ${how(coverage)}. Of the ` +
            `${number(columns, "column")} that they give, the sources of ` +
            `${some(resolved, columns)} are known.`}
        {impacts.totalCount === 0 && " What the catalog has never heard of may still depend on it."}
      </p>
      {!complete && (
        <Notice>
          <strong>This is not all.</strong>{" "}
          {truncated && "There is more downstream than was looked at. "}
          {unparsed.length > 0 && `${number(unparsed.length, "thing")} could not be examined:`}
        </Notice>
      )}
      {!complete && unparsed.length > 0 && (
        <details className={styles.unparsed} open={unparsed.length < 4}>
          <summary>What could not be examined</summary>
          <ul>
            {unparsed.map((one) => (
              <li key={`${one.name} ${one.reason}`}>
                <b>{one.name}</b>: {one.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Of nobody: what nobody owns. No owner has a name like this. */
const NOBODY = " ";

type ToolsProps = Omit<ReportProps, "more">;

function Tools({ report, changes, rows, look, see }: ToolsProps) {
  const owners = [...new Set(rows.flatMap((row) => row.owners))].sort();
  const nobody = rows.some((row) => row.owners.length === 0);
  return (
    <div className={styles.tools}>
      <fieldset className={styles.totals}>
        <legend>Show only</legend>
        {report.totals.map(({ verdict, things }) => (
          <button
            key={verdict}
            type="button"
            aria-pressed={look.verdict === verdict}
            onClick={() => see({ verdict: look.verdict === verdict ? undefined : verdict })}
          >
            {things.toLocaleString()} <VerdictWord verdict={verdict} />
          </button>
        ))}
        <select
          aria-label="Owner"
          value={look.owner ?? ""}
          onChange={(event) => see({ owner: event.target.value || undefined })}
        >
          <option value="">all owners</option>
          {owners.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
          {nobody && <option value={NOBODY}>nobody named</option>}
        </select>
      </fieldset>
      <div className={styles.actions}>
        <CopyButton label="Copy as Markdown" text={() => withLink(report.markdown)} />
        <Download changes={changes} />
        <CopyButton label="Copy link" text={() => window.location.href} />
      </div>
    </div>
  );
}

function withLink(markdown: string): string {
  return `${markdown.trimEnd()}\n\n[Open in Headwater](${window.location.href})\n`;
}

/** All impacts as a file for a spreadsheet, whatever is shown. */
function Download({ changes }: { changes: readonly Change[] }) {
  const [failed, setFailed] = useState<string>();
  const press = async () => {
    setFailed(undefined);
    try {
      save(await sheet(changes), "impact.csv");
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" onClick={() => void press()}>
        Download CSV
      </button>
      {failed && <span role="alert">{failed}</span>}
    </>
  );
}

function save(text: string, name: string) {
  const link = document.createElement("a");
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** From what the statements are known. */
function how({ jobs, parsed, unparsed }: Report["coverage"]): string {
  if (parsed === jobs) return "all by their SQL";
  const recorded = Math.max(0, jobs - parsed - unparsed.length);
  return [
    parsed > 0 && `${parsed.toLocaleString()} by their SQL`,
    recorded > 0 && `${recorded.toLocaleString()} by recorded links`,
    unparsed.length > 0 && `${unparsed.length.toLocaleString()} not at all`,
  ]
    .filter(Boolean)
    .join(", ");
}

function some(many: number, of: number): string {
  return many === of ? "all" : many.toLocaleString();
}

function number(many: number, what: string): string {
  return `${many.toLocaleString()} ${what}${many === 1 ? "" : "s"}`;
}
