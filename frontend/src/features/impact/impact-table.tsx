import { type MouseEvent, useEffect, useRef, useState } from "react";
import { Scroll } from "@/components/scroll";
import base from "@/components/table.module.css";
import { ThingLink } from "@/components/thing-link";
import type { Change } from "@/lib/change";
import { Details } from "./details";
import type { Row } from "./impact";
import styles from "./impact-table.module.css";
import type { Look } from "./report";
import { CertaintyWord, VerdictWord } from "./verdict";

/** Rows that are drawn at once, and each time somebody wants more. */
const DRAWN = 200;

interface ImpactTableProps {
  label: string;
  rows: readonly Row[];
  changes: readonly Change[];
  look: Look;
  see: (look: Partial<Look>) => void;
}

const HEAD = ["Verdict", "Thing", "Columns", "Why", "Owners", "Criticality", "Hops"];

/** Things that something happens to, each opened by a click. */
export function ImpactTable({ label, rows, changes, look, see }: ImpactTableProps) {
  const [most, setMost] = useState(DRAWN);
  const place = rows.findIndex((row) => keyOf(row) === look.open);
  const drawn = rows.slice(0, Math.max(most, place + 1));
  return (
    <>
      <Scroll className={base.scroll} label={label}>
        <table className={`${base.table} ${styles.table}`}>
          <thead>
            <tr>
              {HEAD.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map((row, index) => (
              <ImpactRow
                // biome-ignore lint/suspicious/noArrayIndexKey: two things may have one key
                key={`${index} ${keyOf(row)}`}
                row={row}
                changes={changes}
                open={look.open === keyOf(row)}
                toggle={(open) => see({ open: open ? keyOf(row) : undefined })}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      {drawn.length < rows.length && (
        <p>
          Showing {drawn.length} of {rows.length.toLocaleString()}.{" "}
          <button type="button" onClick={() => setMost(most + DRAWN)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

interface ImpactRowProps {
  row: Row;
  changes: readonly Change[];
  open: boolean;
  toggle: (open: boolean) => void;
}

function ImpactRow({ row, changes, open, toggle }: ImpactRowProps) {
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (open) line.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const click = (event: MouseEvent) => {
    const selected = !window.getSelection()?.isCollapsed;
    if (!selected && !(event.target as Element).closest("a, button")) toggle(!open);
  };
  return (
    <>
      <tr ref={line} className={styles.row} onClick={click}>
        <td>
          <button
            type="button"
            data-row
            className={styles.toggle}
            aria-expanded={open}
            onClick={() => toggle(!open)}
          >
            <span className={styles.arrow} aria-hidden="true">
              {open ? "▾" : "▸"}
            </span>
            <VerdictWord verdict={row.verdict} />
          </button>
          {row.certainty && <CertaintyWord certainty={row.certainty} />}
        </td>
        <td className={styles.thing}>
          <Thing row={row} />
          <span className={styles.kind}>{row.kind.toLowerCase()}</span>
        </td>
        <td className={styles.less}>{row.columns.join(", ")}</td>
        <td className={styles.reason}>{row.reason}</td>
        <td className={styles.less}>{row.owners.join(", ")}</td>
        <td className={styles.less}>{row.criticality.toLowerCase()}</td>
        <td className={styles.less}>{Math.max(0, row.path.length - 1)}</td>
      </tr>
      {open && (
        <tr className={styles.details}>
          <td colSpan={HEAD.length}>
            <Details row={row} changes={changes} />
          </td>
        </tr>
      )}
    </>
  );
}

function Thing({ row }: { row: Row }) {
  return row.thing ? <ThingLink thing={row.thing} /> : row.name;
}

/** What a link calls a row. */
export function keyOf({ thing, kind, name }: Row): string {
  return thing?.id ?? `${kind} ${name}`;
}

/** Move the focus to the next or the last row before, of all tables of the page. */
export function step(by: 1 | -1) {
  const toggles = [...document.querySelectorAll<HTMLElement>("button[data-row]")];
  const now = toggles.findLastIndex((one) => isAtOrBefore(one, document.activeElement));
  toggles[now + by]?.focus();
}

function isAtOrBefore(one: Node, other: Node | null): boolean {
  if (!other) return false;
  return (
    one === other || (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) > 0
  );
}
