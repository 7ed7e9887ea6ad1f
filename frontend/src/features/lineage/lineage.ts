import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { Direction, Grain } from "@/gql/generated/graphql";

const LINEAGE = graphql(`
  query Lineage($roots: [ThingInput!]!, $direction: Direction!, $grain: Grain!, $depth: Int) {
    lineage(roots: $roots, direction: $direction, grain: $grain, depth: $depth) {
      truncated
      totals {
        datasets
        jobs
      }
      reached(first: 1000) {
        pageInfo {
          hasNextPage
        }
        edges {
          node {
            depth
            end {
              ...TrailEnd
            }
          }
        }
      }
      roots {
        ...TrailEnd
      }
      links(first: 1000) {
        pageInfo {
          hasNextPage
        }
        edges {
          node {
            kind
            source {
              ...TrailEnd
            }
            target {
              ...TrailEnd
            }
            via {
              name
            }
          }
        }
      }
    }
  }
`);

/** One direction of the lineage of some things, by their ids. */
export function lineage(
  focus: readonly string[],
  direction: Direction,
  grain: Grain,
  depth: number | null,
) {
  const roots = focus.map((id) => ({ id }));
  return queryOptions({
    queryKey: ["lineage", focus, direction, grain, depth],
    queryFn: ({ signal }) => execute(LINEAGE, { roots, direction, grain, depth }, signal),
  });
}
