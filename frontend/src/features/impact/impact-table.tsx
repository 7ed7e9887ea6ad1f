import { type MouseEvent, useEffect, useRef } from "react";
import { type Drawn, useDrawn } from "@/components/drawn";
import { Frame, Room } from "@/components/frame";
import { Name } from "@/components/name";
import { OwnerNames } from "@/components/owner-names";
import { type Column, Head } from "@/components/table";
import base from "@/components/table.module.css";
import { ThingLink } from "@/components/thing-link";
import type { Change } from "@/lib/change";
import { Details } from "./details";
import type { Row } from "./impact";
import styles from "./impact-table.module.css";
import type { Look } from "./report";
import { CertaintyWord, VerdictWord } from "./verdict";

interface ImpactTableProps {
  label: string;
  rows: readonly Row[];
  changes: readonly Change[];
  look: Look;
  see: (look: Partial<Look>) => void;
  more: (() => void) | undefined;
}

const VERDICT = { head: "Verdict", width: 4 };

const COLUMNS: readonly Column<Row>[] = [
  { head: "Thing", width: 7, plain: true, cell: (row) => <Thing row={row} /> },
  { head: "Columns", width: 3, cell: (row) => row.columns.join(", ") },
  { head: "Why", width: 7, plain: true, cell: (row) => <Name of={row.reason} /> },
  { head: "Owners", width: 6, cell: (row) => <OwnerNames of={row.owners} /> },
  { head: "Criticality", width: 3, cell: (row) => row.criticality.toLowerCase() },
  { head: "Hops", width: 2, cell: (row) => Math.max(0, row.path.length - 1) },
];

/** Things that something happens to, each opened by a click. */
export function ImpactTable({ label, rows, changes, look, see, more }: ImpactTableProps) {
  const frame = useRef<HTMLElement>(null);
  const drawn = useDrawn(rows.length, frame, more);
  const opened = rows.findIndex((row) => keyOf(row) === look.open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where a link opened it, out of sight
  useEffect(() => {
    if (opened >= 0 && !drawn.places.includes(opened)) drawn.show(opened);
  }, [opened >= 0]);
  return (
    <Frame ref={frame} label={label} scrolls={drawn.scrolls}>
      <table className={base.table} aria-label={label}>
        <Head columns={[VERDICT, ...COLUMNS]} />
        <Room pixels={drawn.before} />
        {drawn.places.map((place) => {
          const row = rows[place];
          return (
            row && (
              <ImpactRow
                key={`${place} ${keyOf(row)}`}
                row={row}
                place={place}
                measure={drawn.measure}
                changes={changes}
                open={place === opened}
                toggle={(open) => see({ open: open ? keyOf(row) : undefined })}
              />
            )
          );
        })}
        <Room pixels={drawn.after} />
      </table>
    </Frame>
  );
}

interface ImpactRowProps {
  row: Row;
  place: number;
  measure: Drawn["measure"];
  changes: readonly Change[];
  open: boolean;
  toggle: (open: boolean) => void;
}

function ImpactRow({ row, place, measure, changes, open, toggle }: ImpactRowProps) {
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (open) line.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const click = (event: MouseEvent) => {
    const selected = !window.getSelection()?.isCollapsed;
    if (!selected && !(event.target as Element).closest("a, button")) toggle(!open);
  };
  return (
    <tbody ref={measure} data-index={place}>
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
        {COLUMNS.map(({ head, plain, cell }) => (
          <td key={head} data-head={plain ? undefined : head}>
            {cell(row)}
          </td>
        ))}
      </tr>
      {open && (
        <tr className={styles.details}>
          <td colSpan={COLUMNS.length + 1}>
            <Details row={row} changes={changes} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Thing({ row }: { row: Row }) {
  return (
    <>
      {row.thing ? <ThingLink thing={row.thing} /> : row.name}
      <span className={styles.kind}>{row.kind.toLowerCase()}</span>
    </>
  );
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
