import type { Certainty, Verdict } from "@/gql/generated/graphql";
import styles from "./verdict.module.css";

interface Look {
  glyph: string;
  word: string;
  look: string | undefined;
}

export const LOOKS: Record<Verdict, Look> = {
  BREAKS: { glyph: "✕", word: "breaks", look: styles.bad },
  BLOCKED: { glyph: "⊘", word: "blocked", look: styles.warn },
  SCHEMA_CHANGES: { glyph: "▤", word: "schema changes", look: styles.change },
  ROWS_CHANGE: { glyph: "≡", word: "rows change", look: styles.change },
  VALUES_CHANGE: { glyph: "≠", word: "values change", look: styles.change },
  UNKNOWN: { glyph: "?", word: "unknown", look: styles.quiet },
  UNAFFECTED: { glyph: "✓", word: "unaffected", look: styles.good },
};

/** How a verdict is known, in words. */
export const CERTAINTIES: Record<Certainty, string> = {
  PROVEN: "proven: the SQL was bound again, against what the change leaves",
  OBSERVED: "observed: recorded links say so",
  DATA_DEPENDENT: "depends on the data, or on a rule of the dialect that was not checked",
  DECLARED: "declared: somebody says that it reads this",
  INFERRED: "inferred: it is only known that one dataset is made of another",
};

/** What happens to a thing: a glyph, a word and a colour. */
export function VerdictWord({ verdict }: { verdict: Verdict }) {
  const { glyph, word, look } = LOOKS[verdict];
  return (
    <span className={`${styles.verdict} ${look}`}>
      <span aria-hidden="true">{glyph}</span> {word}
    </span>
  );
}

/** How it is known, in a word. */
export function CertaintyWord({ certainty }: { certainty: Certainty }) {
  return (
    <span className={styles.certainty} title={CERTAINTIES[certainty]}>
      {certainty.toLowerCase().replace("_", " ")}
    </span>
  );
}
