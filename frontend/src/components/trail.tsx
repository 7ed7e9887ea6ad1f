import { NoneKnown } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Table } from "@/components/table";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import { graphql } from "@/gql/generated";
import type { TrailFragment } from "@/gql/generated/graphql";

graphql(`
  fragment TrailEnd on LineageEnd {
    __typename
    ... on Column {
      id
      name
      dataset {
        __typename
        id
        name
        namespace
      }
    }
    ... on Rows {
      dataset {
        __typename
        id
        name
        namespace
      }
    }
    ... on Whole {
      dataset {
        __typename
        id
        name
        namespace
      }
    }
    ... on Dataset {
      id
      name
      namespace
    }
    ... on Job {
      id
      name
      namespace
    }
  }
  fragment Trail on Lineage {
    truncated
    answered {
      consistent
    }
    reached(first: 1000) {
      totalCount
      edges {
        node {
          depth
          end {
            ...TrailEnd
          }
          path {
            kind
            subtype
            masking
            via {
              __typename
              id
              name
              namespace
            }
          }
        }
      }
    }
  }
`);

type Reached = TrailFragment["reached"]["edges"][number]["node"];

/** Everything that was reached, the nearest first: the whole answer, whatever a picture shows. */
export function TrailTable({ trail, what }: { trail: TrailFragment; what: string }) {
  const rows = trail.reached.edges.map((edge) => edge.node);
  const total = trail.reached.totalCount ?? rows.length;
  if (rows.length === 0) return <NoneKnown what={what} />;
  return (
    <>
      {trail.truncated && <Notice>A limit left something out: there is more than this.</Notice>}
      {rows.length < total && (
        <Notice>
          Showing {rows.length} of {total}, the nearest.
        </Notice>
      )}
      {!trail.answered.consistent && (
        <Notice>The catalog moved while this was answered; reload for one moment.</Notice>
      )}
      <Table
        label={what}
        head={["Hops", "Column", "Dataset or job", "How", "Through"]}
        rows={rows}
        rowKey={(row, place) => `${place} ${row.depth}`}
      >
        {(row) => [
          row.depth,
          <Part key="part" of={row} />,
          <Owner key="owner" of={row} />,
          how(row),
          <Via key="via" of={row} />,
        ]}
      </Table>
    </>
  );
}

function Part({ of: { end } }: { of: Reached }) {
  if (end.__typename === "Column") return <ColumnLink column={end} dataset={end.dataset} />;
  if (end.__typename === "Rows") return <em>its rows</em>;
  if (end.__typename === "Whole") return <em>columns not known</em>;
  return null;
}

function Owner({ of: { end } }: { of: Reached }) {
  return <ThingLink thing={"dataset" in end ? end.dataset : end} />;
}

function Via({ of: { path } }: { of: Reached }) {
  const via = path.at(-1)?.via;
  return via ? <ThingLink thing={via} plain /> : null;
}

/** How the last step goes: the value itself, or only a decision about it. */
export function how({ path }: { path: Reached["path"] }): string {
  const last = path.at(-1);
  if (!last?.kind) return "";
  const subtype = last.subtype?.toLowerCase().replace("_", " ");
  const told =
    last.kind === "DIRECT" ? (subtype ?? "not told") : `${subtype ?? "indirect"} (decides)`;
  return last.masking ? `${told}, masked` : told;
}
