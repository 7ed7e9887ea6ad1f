import styles from "./skeleton.module.css";

/** Grey lines in the place of content on its way; unseen for the first 150 ms. */
export function Skeleton({ what, rows }: { what: string; rows: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never reordered
        <div key={row} className={styles.row} />
      ))}
    </div>
  );
}
