import type { ReactNode } from "react";
import styles from "./message.module.css";

/** A line above content that is not all there: cut off, old, or in part failed; says why. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p className={`${styles.message} ${styles.partial}`} role="note">
      {children}
    </p>
  );
}
