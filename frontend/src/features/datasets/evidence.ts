import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const EVIDENCE = graphql(`
  query Evidence($id: ID!) {
    into: lineage(roots: [{ id: $id }], direction: UPSTREAM, depth: 1) {
      ...Believed
    }
    outOf: lineage(roots: [{ id: $id }], direction: DOWNSTREAM, depth: 1) {
      ...Believed
    }
  }
  fragment Believed on Lineage {
    links(first: 100) {
      pageInfo {
        hasNextPage
      }
      edges {
        node {
          source {
            ...TrailEnd
          }
          target {
            ...TrailEnd
          }
          via {
            __typename
            id
            name
            namespace
          }
          evidence {
            tier
            status
            producer
            quote {
              text
            }
            codeVersion
            firstSeen
            lastSeen
          }
        }
      }
    }
  }
`);

/** Why the links that end in or leave a column are believed. */
export function evidence(id: string) {
  return queryOptions({
    queryKey: ["evidence", id],
    queryFn: ({ signal }) => execute(EVIDENCE, { id }, signal),
  });
}
