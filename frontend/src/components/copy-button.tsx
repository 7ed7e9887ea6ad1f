import { useState } from "react";
import { copy } from "@/lib/clipboard";

/** A button that copies a text, and says so. */
export function CopyButton({ text, label = "Copy" }: { text: () => string; label?: string }) {
  const [said, say] = useState<string>();
  const press = () =>
    void copy(text()).then(
      () => say("Copied"),
      () => say("Select and copy by hand"),
    );
  return (
    <button type="button" onClick={press} onBlur={() => say(undefined)}>
      <span aria-live="polite">{said ?? label}</span>
    </button>
  );
}
