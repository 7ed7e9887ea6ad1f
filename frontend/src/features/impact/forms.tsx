import type { FormEvent } from "react";
import { altered } from "@/lib/change";
import styles from "./composer.module.css";
import type { PartProps } from "./part";

/** May it be NULL from now on? */
export function Nullable({ change, say }: Omit<PartProps, "known">) {
  return (
    <select
      aria-label="NULL or NOT NULL"
      value={change.to?.toUpperCase() === "NOT NULL" ? "NOT NULL" : "NULL"}
      onChange={(event) => say(altered(change, { to: event.target.value }))}
    >
      <option>NULL</option>
      <option>NOT NULL</option>
    </select>
  );
}

/** Which value goes, and which comes; neither need be said. */
export function Values({ change, say }: Omit<PartProps, "known">) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from = "", to = ""] = [form.get("from"), form.get("to")].map((one) =>
      String(one ?? "").trim(),
    );
    if (from !== (change.from ?? "") || to !== (change.to ?? "")) {
      say(altered(change, { from, to }));
    }
  };
  return (
    <form className={styles.value} onSubmit={submit} onBlur={(event) => leave(event)}>
      <label>
        from <input name="from" defaultValue={change.from} placeholder="any value" />
      </label>
      <label>
        to <input name="to" defaultValue={change.to} placeholder="any other" />
      </label>
      <button type="submit">Judge</button>
    </form>
  );
}

/** Which order the columns have from then on; what is left out follows. */
export function Order({ change, say, known }: PartProps) {
  const now = known?.columns.map((one) => one.name).join(", ");
  return (
    <Words
      label="in this order"
      value={change.to ?? now ?? ""}
      say={(to) => to !== now && say(altered(change, { to }))}
    />
  );
}

/** Which values a new data test accepts. */
export function Accepted({ change, say }: Omit<PartProps, "known">) {
  const values = change.to?.replace(/^in /i, "") ?? "";
  return (
    <Words
      label="that it is one of"
      value={values}
      placeholder="open, paid"
      say={(to) => to !== values && say(altered(change, { to: to && `IN ${to}` }))}
    />
  );
}

interface WordsProps {
  label: string;
  value: string;
  placeholder?: string;
  say: (to: string) => void;
}

function Words({ label, value, placeholder, say }: WordsProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    say(String(new FormData(event.currentTarget).get("to") ?? "").trim());
  };
  return (
    <form className={styles.words} onSubmit={submit} onBlur={(event) => leave(event)}>
      <label>
        {label} <input key={value} name="to" defaultValue={value} placeholder={placeholder} />
      </label>
      <button type="submit">Judge</button>
    </form>
  );
}

/** What the new name, type or column is; said when the field is left or Enter is pressed. */
export function Value({ change, say, known }: PartProps) {
  const type = known?.columns.find((one) => one.name === change.column)?.columnType;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [column, to] = [form.get("column"), form.get("to")].map((one) =>
      String(one ?? "").trim(),
    );
    const added = change.kind === "ADDED" ? { column: column || undefined } : {};
    if (column !== (change.column ?? "") || to !== (change.to ?? "")) {
      const { to: _, ...rest } = change;
      say(altered(rest, { ...added, ...(to && { to }) }));
    }
  };
  if (!["RENAMED", "RETYPED", "ADDED"].includes(change.kind)) return null;
  return (
    <form className={styles.value} onSubmit={submit} onBlur={(event) => leave(event)}>
      {change.kind === "ADDED" && (
        <label>
          called <input name="column" defaultValue={change.column} placeholder="new_column" />
        </label>
      )}
      <label>
        {change.kind === "ADDED" ? "of type" : "to"}{" "}
        <input
          name="to"
          defaultValue={change.to}
          placeholder={change.kind === "RENAMED" ? "new_name" : (type ?? "a type")}
        />
      </label>
      <button type="submit">Judge</button>
    </form>
  );
}

/** Leaving a form for elsewhere says what is in it. */
function leave(event: React.FocusEvent<HTMLFormElement>) {
  if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.requestSubmit();
}
