import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const ASSUMPTIONS = graphql(`
  query Assumptions($id: ID!) {
    assumptions(of: { id: $id }) {
      truncated
      found {
        kind
        value
        text
        line
        job {
          __typename
          id
          name
          namespace
        }
      }
    }
  }
`);

/** What readers assume of a column: their SQL is bound for it. */
export function assumptions(id: string) {
  return queryOptions({
    queryKey: ["assumptions", id],
    queryFn: ({ signal }) => execute(ASSUMPTIONS, { id }, signal),
  });
}
