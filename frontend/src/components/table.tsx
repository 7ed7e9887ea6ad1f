import type { ReactNode } from "react";
import { Scroll } from "@/components/scroll";
import styles from "./table.module.css";

interface TableProps<Row> {
  /** What the rows are, for those who hear the page. */
  label: string;
  head: readonly string[];
  rows: readonly Row[];
  rowKey: (row: Row, place: number) => string;
  children: (row: Row) => readonly ReactNode[];
}

/** A dense table that scrolls inside itself where the window is narrow. */
export function Table<Row>({ label, head, rows, rowKey, children }: TableProps<Row>) {
  return (
    <Scroll className={styles.scroll} label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={rowKey(row, place)}>
              {children(row).map((cell, index) => (
                <td key={head[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
