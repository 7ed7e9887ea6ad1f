import { useState } from "react";
import styles from "./copyable.module.css";

/** A command or link with a button that copies it. */
export function Copyable({ text }: { text: string }) {
  const [said, say] = useState("Copy");
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => say("Copied"),
      () => say("Select and copy by hand"),
    );
  };
  return (
    <div className={styles.copyable}>
      <code>{text}</code>
      <button type="button" onClick={copy}>
        {said}
      </button>
    </div>
  );
}
