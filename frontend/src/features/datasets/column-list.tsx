import { getRouteApi } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { FilteredOut, NoneKnown } from "@/components/empty";
import { Section } from "@/components/section";
import { type Column as OfTable, Table } from "@/components/table";
import { ColumnLink } from "@/components/thing-link";
import type { DatasetQuery } from "@/gql/generated/graphql";
import { moment } from "@/lib/moments";
import { present } from "@/lib/search-params";
import styles from "./column-list.module.css";

const route = getRouteApi("/datasets/$key");

type Known = NonNullable<DatasetQuery["dataset"]>;
type Column = Known["columns"][number];

/** More columns than this are looked through by typing. */
const MANY = 20;

/** The columns of a dataset; of many, those that have what is typed in their name. */
export function Columns({ known }: { known: Known }) {
  const navigate = route.useNavigate();
  const { column: sought = "" } = route.useSearch();
  const seek = (column: string) =>
    void navigate({
      search: present({ column: column || undefined }),
      replace: true,
      resetScroll: false,
    });
  const { columns, schema } = known;
  const text = useDeferredValue(sought.toLowerCase());
  const found = columns.filter((one) => one.name.toLowerCase().includes(text));
  if (columns.length === 0) {
    return (
      <Section title="Columns">
        <NoneKnown what="columns">No schema was sent, and no lineage names any.</NoneKnown>
      </Section>
    );
  }
  return (
    <Section title={`Columns (${columns.length.toLocaleString()})`}>
      <p>
        Stated {moment(schema.since)}: {schema.full ? "all columns" : "there may be others"}.
      </p>
      {(columns.length > MANY || sought) && (
        <p>
          <input
            type="search"
            className={styles.seek}
            aria-label="Find a column of this dataset"
            placeholder="Find a column of this dataset"
            value={sought}
            onChange={(event) => seek(event.target.value)}
          />{" "}
          <span role="status">{sought && `${found.length.toLocaleString()} found`}</span>
        </p>
      )}
      {found.length === 0 ? (
        <FilteredOut filter={`“${sought}”`} clear={() => seek("")} />
      ) : (
        <Table label="Columns" columns={columnsOf(known)} rows={found} rowKey={(one) => one.id} />
      )}
    </Section>
  );
}

function columnsOf(dataset: Known): readonly OfTable<Column>[] {
  return [
    { head: "Column", cell: (one) => <ColumnLink column={one} dataset={dataset} /> },
    { head: "Type", width: 3, plain: true, cell: (one) => one.columnType },
    {
      head: "Description",
      width: 6,
      plain: true,
      cell: (one) => (one.inSchema ? one.description : "named by lineage only"),
    },
    { head: "Tags", cell: (one) => one.tags.map((tag) => `${tag.key}: ${tag.value}`).join(", ") },
  ];
}
