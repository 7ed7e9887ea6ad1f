import { ListArea } from "@/components/list-area";
import { Notice } from "@/components/notice";
import { OwnerNames } from "@/components/owner-names";
import type { Column } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { ConsumerRowFragment } from "@/gql/generated/graphql";
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
            ...ConsumerRow
          }
        }
      }
    }
  }
  fragment ConsumerRow on Consumer {
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
`);

const ALL_CONSUMERS = graphql(`
  query AllConsumers($first: Int!, $after: String) {
    markedConsumers(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...ConsumerRow
        }
      }
    }
  }
`);

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

/** All that is marked as a consumer, what matters most first. */
export function AllConsumers() {
  const options = listOptions({
    queryKey: ["all consumers"],
    ask: (page, signal) => execute(ALL_CONSUMERS, page, signal),
    list: (data) => data.markedConsumers,
  });
  return (
    <ListArea
      what="consumers"
      options={options}
      columns={COLUMNS.filter((one) => one.head !== HOPS.head)}
      none={
        <p>
          Nothing is marked as a dashboard, a report, a model, an export or an agent yet: producers
          do it by a tag, people on the page of a dataset or a job.
        </p>
      }
    />
  );
}

const HOPS: Column<ConsumerRowFragment> = { head: "Hops", width: 2, cell: ({ depth }) => depth };

const COLUMNS: readonly Column<ConsumerRowFragment>[] = [
  { head: "Consumer", width: 6, cell: ({ thing }) => <ThingLink thing={thing} /> },
  { head: "What it is", width: 3, plain: true, cell: ({ mark }) => mark ?? "reader" },
  { head: "Criticality", width: 3, cell: ({ criticality }) => criticality.toLowerCase() },
  {
    head: "Owners",
    width: 6,
    cell: ({ thing }) => <OwnerNames of={thing.owners.map((owner) => owner.name)} />,
  },
  HOPS,
];
