import { CopyButton } from "@/components/copy-button";
import styles from "./copyable.module.css";

/** A command or link with a button that copies it. */
export function Copyable({ text }: { text: string }) {
  return (
    <div className={styles.copyable}>
      <code>{text}</code>
      <CopyButton text={() => text} />
    </div>
  );
}
