import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const COVERAGE = graphql(`
  query Coverage {
    coverage {
      datasets
      columns
      jobs
      runs
      links
      sql {
        jobs
        bound
        unread
        unreadJobs(first: 20) {
          job {
            __typename
            id
            name
            namespace
          }
          trouble {
            message
          }
        }
      }
      jobsByTier {
        tier
        jobs
      }
    }
  }
`);

/** How much the catalog knows. */
export const coverage = queryOptions({
  queryKey: ["coverage"],
  queryFn: ({ signal }) => execute(COVERAGE, {}, signal),
});

const RECENT = graphql(`
  query Recent {
    runs(first: 200) {
      edges {
        node {
          ...RunRow
        }
      }
    }
  }
`);

/** The runs last heard of. */
export const recent = queryOptions({
  queryKey: ["recent"],
  queryFn: ({ signal }) => execute(RECENT, {}, signal),
});
