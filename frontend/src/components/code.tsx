import styles from "./code.module.css";

/** Text of a program, with its lines numbered. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <ol className={styles.lines}>
        {text.split("\n").map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <li key={place}>
            <code>{line || " "}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
