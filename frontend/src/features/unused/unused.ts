import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { UnusedQuery } from "@/gql/generated/graphql";
import { listOptions } from "@/gql/list";

const UNUSED = graphql(`
  query Unused($of: ThingInput, $days: Int!, $first: Int!, $after: String) {
    unused(of: $of, days: $days, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          dataset {
            __typename
            id
            name
            namespace
            owners {
              name
            }
          }
          column {
            id
            name
          }
          read
          by {
            __typename
            id
            name
            namespace
          }
          doubts
        }
      }
    }
  }
`);

export type Unused = UnusedQuery["unused"]["edges"][number]["node"];

/** What nobody has read for some days: of one dataset, or of all. */
export function unused(of: string | undefined, days: number) {
  return listOptions({
    queryKey: ["unused", of, days],
    ask: (page, signal) =>
      execute(UNUSED, { of: of === undefined ? null : { id: of }, days, ...page }, signal),
    list: (data) => data.unused,
  });
}
