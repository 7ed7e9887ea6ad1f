import styles from "./run-state.module.css";

const LOOKS: Record<string, { glyph: string; word: string; look: string | undefined }> = {
  COMPLETE: { glyph: "✓", word: "complete", look: styles.good },
  FAIL: { glyph: "✕", word: "failed", look: styles.bad },
  ABORT: { glyph: "⊘", word: "aborted", look: styles.warn },
  START: { glyph: "▸", word: "started", look: styles.quiet },
  RUNNING: { glyph: "▸", word: "running", look: styles.quiet },
};

/** How a run stands: a glyph, a word and a colour. */
export function RunState({ state }: { state: string | null | undefined }) {
  const { glyph, word, look } = LOOKS[state ?? ""] ?? { glyph: "?", word: "unknown", look: "" };
  return (
    <span className={`${styles.state} ${look}`}>
      <span aria-hidden="true">{glyph}</span> {word}
    </span>
  );
}
