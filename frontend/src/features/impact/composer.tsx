import { useState } from "react";
import type { Change } from "@/lib/change";
import styles from "./composer.module.css";
import { Picker } from "./picker";
import { Sentence } from "./sentence";

interface ComposerProps {
  changes: readonly Change[];
  say: (changes: readonly Change[]) => void;
}

/** Where changes are put together, each a sentence. */
export function Composer({ changes, say }: ComposerProps) {
  const [adding, setAdding] = useState(false);
  const put = (place: number, change: Change) => say(changes.with(place, change));
  const add = (change: Change) => {
    setAdding(false);
    say([...changes, change]);
  };
  return (
    <fieldset className={styles.composer}>
      <legend>What is changed</legend>
      <ol className={styles.changes}>
        {changes.map((one, place) => (
          <Sentence
            // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
            key={place}
            change={one}
            say={(to) => put(place, to)}
            remove={() => say(changes.toSpliced(place, 1))}
          />
        ))}
      </ol>
      {changes.length === 0 || adding ? (
        <Picker choose={add} focused={adding} />
      ) : (
        <button type="button" onClick={() => setAdding(true)}>
          And another change
        </button>
      )}
    </fieldset>
  );
}
