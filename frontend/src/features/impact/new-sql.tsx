import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { altered } from "@/lib/change";
import styles from "./composer.module.css";
import { madeBy } from "./impact";
import type { PartProps } from "./part";

/** The new query, beginning with the one that now makes the dataset. */
export function NewSql({ change, say }: Omit<PartProps, "known">) {
  const query = useQuery(madeBy(change.namespace, change.name));
  const vias = query.data?.data.lineage.reached.edges.flatMap((edge) => edge.node.path) ?? [];
  const made = new Set(vias.flatMap(({ via }) => ("sql" in via && via.sql ? [via.sql.query] : [])));
  const [only] = made.size === 1 ? made : [];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sql = String(new FormData(event.currentTarget).get("sql") ?? "");
    say(altered(change, { sql }));
  };
  if (query.isPending) return null;
  return (
    <form className={styles.sql} onSubmit={submit} key={change.sql ?? only ?? ""}>
      <textarea
        aria-label="The new SQL"
        name="sql"
        rows={8}
        spellCheck={false}
        defaultValue={change.sql ?? only ?? ""}
        placeholder="select …"
      />
      <button type="submit">Judge</button>
    </form>
  );
}
