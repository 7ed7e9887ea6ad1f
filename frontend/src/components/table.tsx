import { type ReactNode, useRef } from "react";
import { useDrawn } from "@/components/drawn";
import { Frame, Room } from "@/components/frame";
import styles from "./table.module.css";

/** A column of a table: what its head says, and what stands in a row. */
export interface Column<Row> {
  head: string;
  /** How wide it is beside the others; 4 where nothing is said. */
  width?: number;
  /** One sees what stands in its cells, where these stand below each other without a head. */
  plain?: boolean;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  /** What the rows are, for those who hear the page. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, place: number) => string;
  /** How many rows there are in all, if not all have come. */
  total?: number | undefined;
  /** Fetch the next rows; called when the last that have come are near. */
  more?: (() => void) | undefined;
}

/**
 * A dense table. A long one scrolls inside itself and draws what is in sight; where there is no
 * room for its columns, the cells of a row stand below each other.
 */
export function Table<Row>({ label, columns, rows, rowKey, total, more }: TableProps<Row>) {
  const frame = useRef<HTMLElement>(null);
  const drawn = useDrawn(rows.length, frame, more);
  return (
    <Frame ref={frame} label={label} scrolls={drawn.scrolls}>
      <table
        className={styles.table}
        aria-label={label}
        aria-rowcount={drawn.scrolls ? (total ?? rows.length) + 1 : undefined}
      >
        <Head columns={columns} />
        <Room pixels={drawn.before} />
        <tbody>
          {drawn.places.map((place) => {
            const row = rows[place];
            return (
              row !== undefined && (
                <tr
                  key={rowKey(row, place)}
                  ref={drawn.measure}
                  data-index={place}
                  aria-rowindex={drawn.scrolls ? place + 2 : undefined}
                >
                  {columns.map(({ head, plain, cell }) => (
                    <td key={head} data-head={plain ? undefined : head}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              )
            );
          })}
        </tbody>
        <Room pixels={drawn.after} />
      </table>
    </Frame>
  );
}

/** The heads of columns, and how wide these are. */
export function Head({ columns }: { columns: readonly { head: string; width?: number }[] }) {
  const all = columns.reduce((sum, { width = 4 }) => sum + width, 0);
  return (
    <>
      <colgroup>
        {columns.map(({ head, width = 4 }) => (
          <col key={head} style={{ width: `${(100 * width) / all}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ head }) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}
