import { Scroll } from "@/components/scroll";
import styles from "./code.module.css";

/** Text of a program, with its lines numbered. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <Scroll className={styles.scroll} label={label}>
      <ol className={styles.lines}>
        {text.split("\n").map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <li key={place}>
            <code>{line || " "}</code>
          </li>
        ))}
      </ol>
    </Scroll>
  );
}
