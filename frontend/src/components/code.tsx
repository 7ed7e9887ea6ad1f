import { type ReactNode, useEffect, useRef } from "react";
import { Scroll } from "@/components/scroll";
import styles from "./code.module.css";

/** A place in a text. Line and column count from 1, in code points. */
export interface Mark {
  line: number;
  column: number;
  /** Characters; not given, up to the end of the word. */
  length?: number | null | undefined;
}

interface CodeProps {
  text: string;
  label: string;
  /** What is to be seen first. */
  mark?: Mark | undefined;
  /** The number of the first line. */
  from?: number;
}

/** Text of a program, with its lines numbered and perhaps a place marked. */
export function Code({ text, label, mark, from = 1 }: CodeProps) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const marked = frame.current?.querySelector("mark");
    if (!(marked && frame.current && mark)) return;
    const far = marked.offsetTop - frame.current.offsetTop - frame.current.clientHeight / 2;
    frame.current.scrollTop = Math.max(0, far);
  }, [mark]);
  return (
    <Scroll className={styles.scroll} label={label} ref={frame}>
      <ol className={styles.lines} start={from}>
        {text.split("\n").map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <li key={place} className={mark?.line === place + from ? styles.marked : undefined}>
            <code>{mark?.line === place + from ? marked(line, mark) : line || " "}</code>
          </li>
        ))}
      </ol>
    </Scroll>
  );
}

function marked(line: string, { column, length }: Mark): ReactNode {
  const characters = [...line];
  const rest = characters.slice(column - 1).join("");
  const word =
    length ?? [...(/^(?:"[^"]*"|`[^`]*`|[\w.]+|[^\s\w]+)/u.exec(rest)?.[0] ?? "")].length;
  return (
    <>
      {characters.slice(0, column - 1).join("")}
      <mark className={styles.blamed}>
        {characters.slice(column - 1, column - 1 + word).join("") || " "}
      </mark>
      {characters.slice(column - 1 + word).join("")}
    </>
  );
}
