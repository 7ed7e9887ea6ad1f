import type { ReactNode, Ref } from "react";
import { Scroll } from "@/components/scroll";
import styles from "./frame.module.css";

interface FrameProps {
  label: string;
  /** It has a height of its own, and what does not fit scrolls. */
  scrolls: boolean;
  ref: Ref<HTMLElement>;
  children: ReactNode;
}

/** The frame of a list, short or long. */
export function Frame({ label, scrolls, ref, children }: FrameProps) {
  if (!scrolls) {
    return (
      <section className={styles.frame} ref={ref}>
        {children}
      </section>
    );
  }
  return (
    <Scroll ref={ref} label={`${label}, scrolling`} className={`${styles.frame} ${styles.scrolls}`}>
      {children}
    </Scroll>
  );
}

/** The room that rows take which are not drawn. */
export function Room({ pixels }: { pixels: number }) {
  if (pixels <= 0) return null;
  return (
    <tbody aria-hidden="true" className={styles.room}>
      <tr>
        <td style={{ height: pixels }} />
      </tr>
    </tbody>
  );
}
