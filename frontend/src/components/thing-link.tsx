import { Link } from "@tanstack/react-router";
import { Name } from "@/components/name";
import styles from "./thing-link.module.css";

/** What a link to a dataset or a job needs to know of it. */
export interface Named {
  __typename?: string;
  id: string;
  name: string;
  namespace: string;
}

/** The way to a dataset's or a job's page; its namespace stands below, quietly. */
export function ThingLink({ thing, plain = false }: { thing: Named; plain?: boolean }) {
  const to = thing.__typename === "Job" ? "/jobs/$key" : "/datasets/$key";
  return (
    <span className={styles.thing}>
      <Link to={to} params={{ key: thing.id }}>
        <Name of={thing.name} />
      </Link>
      {!plain && (
        <span className={styles.namespace}>
          <Name of={thing.namespace} />
        </span>
      )}
    </span>
  );
}

/** The way to a column's page. */
export function ColumnLink({
  column,
  dataset,
}: {
  column: { id: string; name: string };
  dataset: { id: string };
}) {
  return (
    <Link to="/datasets/$key/columns/$col" params={{ key: dataset.id, col: column.id }}>
      <Name of={column.name} />
    </Link>
  );
}
