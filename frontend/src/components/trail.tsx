import { ListArea } from "@/components/list-area";
import { Notice } from "@/components/notice";
import type { Column } from "@/components/table";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { Direction, Grain, TrailEndFragment, TrailQuery } from "@/gql/generated/graphql";
import { listOptions } from "@/gql/list";

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
`);

const TRAIL = graphql(`
  query Trail(
    $roots: [ThingInput!]!
    $direction: Direction!
    $grain: Grain!
    $depth: Int
    $first: Int!
    $after: String
  ) {
    lineage(roots: $roots, direction: $direction, grain: $grain, depth: $depth) {
      truncated
      answered {
        consistent
      }
      reached(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            depth
            end {
              ...TrailEnd
            }
            lastLink {
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
  }
`);

type Answered = TrailQuery["lineage"];
type Reached = Answered["reached"]["edges"][number]["node"];

interface TrailProps {
  /** The ids of what it begins at. */
  of: readonly string[];
  direction: Direction;
  grain: Grain;
  /** How many links far; null: as far as it goes. */
  depth: number | null;
  what: string;
}

/** Everything that is reached, the nearest first: the whole answer, whatever a picture shows. */
export function Trail({ of, direction, grain, depth, what }: TrailProps) {
  const roots = of.map((id) => ({ id }));
  const options = listOptions({
    queryKey: ["trail", of, direction, grain, depth],
    ask: (page, signal) => execute(TRAIL, { roots, direction, grain, depth, ...page }, signal),
    list: (data) => data.lineage.reached,
  });
  const columns = grain === "COLUMN" ? OF_COLUMNS : OF_THINGS;
  const near = columns.filter((one) => one !== HOPS);
  return (
    <ListArea what={what} options={options} columns={depth === 1 ? near : columns}>
      {({ lineage }) => <Caveats of={lineage} beside={depth === 1} />}
    </ListArea>
  );
}

/** Of what is asked for beside a thing alone, everybody knows that there is more behind it. */
function Caveats({ of: { truncated, answered }, beside }: { of: Answered; beside: boolean }) {
  return (
    <>
      {truncated && !beside && (
        <Notice>A limit left something out: there is more than this.</Notice>
      )}
      {!answered.consistent && (
        <Notice>The catalog moved while this was answered; reload for one moment.</Notice>
      )}
    </>
  );
}

const HOPS: Column<Reached> = { head: "Hops", width: 2, cell: (row) => row.depth };
const OWNER: Column<Reached> = {
  head: "Dataset or job",
  width: 7,
  plain: true,
  cell: ({ end }) => <ThingLink thing={"dataset" in end ? end.dataset : end} />,
};
const THROUGH: Column<Reached> = {
  head: "Through",
  width: 7,
  cell: ({ lastLink }) => <ThingLink thing={lastLink.via} plain />,
};

const OF_THINGS: readonly Column<Reached>[] = [OWNER, THROUGH, HOPS];
const OF_COLUMNS: readonly Column<Reached>[] = [
  { head: "Column", width: 5, cell: ({ end }) => <PartName end={end} /> },
  OWNER,
  { head: "How", cell: how },
  THROUGH,
  HOPS,
];

/** An end of a link on one line: a column with its dataset, or what else it is. */
export function EndName({ end }: { end: TrailEndFragment }) {
  if (!("dataset" in end)) return <ThingLink thing={end} plain />;
  return (
    <>
      <ThingLink thing={end.dataset} plain />
      <PartName end={end} />
    </>
  );
}

function PartName({ end }: { end: TrailEndFragment }) {
  if (end.__typename === "Column") return <ColumnLink column={end} dataset={end.dataset} />;
  if (end.__typename === "Rows") return <em>its rows</em>;
  if (end.__typename === "Whole") return <em>columns not known</em>;
  return null;
}

/** How the last step goes: the value itself, or only a decision about it. */
export function how({ lastLink: last }: Pick<Reached, "lastLink">): string {
  if (!last.kind) return "";
  const subtype = last.subtype?.toLowerCase().replace("_", " ");
  const told =
    last.kind === "DIRECT" ? (subtype ?? "not told") : `${subtype ?? "indirect"} (decides)`;
  return last.masking ? `${told}, masked` : told;
}
