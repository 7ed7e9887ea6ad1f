import { ListArea } from "@/components/list-area";
import { Notice } from "@/components/notice";
import { OwnerNames } from "@/components/owner-names";
import type { Column } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { ConsumersQuery } from "@/gql/generated/graphql";
import { listOptions } from "@/gql/list";

const CONSUMERS = graphql(`
  query Consumers($id: ID!, $first: Int!, $after: String) {
    consumers(of: { id: $id }) {
      truncated
      found(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            mark
            depth
            criticality
            thing {
              __typename
              id
              name
              namespace
              owners {
                name
              }
            }
          }
        }
      }
    }
  }
`);

type Consumer = ConsumersQuery["consumers"]["found"]["edges"][number]["node"];

/** Who uses a thing in the end, marked consumers first. */
export function ConsumerList({ of }: { of: string }) {
  const options = listOptions({
    queryKey: ["consumers", of],
    ask: (page, signal) => execute(CONSUMERS, { id: of, ...page }, signal),
    list: (data) => data.consumers.found,
  });
  return (
    <ListArea what="consumers downstream" options={options} columns={COLUMNS}>
      {({ consumers }) => consumers.truncated && <Notice>A limit left some out.</Notice>}
    </ListArea>
  );
}

const COLUMNS: readonly Column<Consumer>[] = [
  { head: "Consumer", width: 6, cell: ({ thing }) => <ThingLink thing={thing} /> },
  { head: "What it is", width: 3, plain: true, cell: ({ mark }) => mark ?? "reader" },
  { head: "Criticality", width: 3, cell: ({ criticality }) => criticality.toLowerCase() },
  {
    head: "Owners",
    width: 6,
    cell: ({ thing }) => <OwnerNames of={thing.owners.map((owner) => owner.name)} />,
  },
  { head: "Hops", width: 2, cell: ({ depth }) => depth },
];
