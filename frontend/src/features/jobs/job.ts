import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const JOB = graphql(`
  query Job($id: ID!) {
    job(id: $id) {
      id
      name
      namespace
      description
      criticality
      consumer
      acknowledgements {
        change
        by
        why
        until
      }
      owners {
        name
        type
      }
      tags {
        key
        value
        column
      }
      kind {
        processing
        integration
        type
      }
      sql {
        query
        dialect
      }
      reading {
        bound
        trouble {
          message
          line
          column
        }
        unmatched
      }
      sourceCode {
        language
        code
      }
      location {
        url
        path
        version
      }
      runs(first: 1) {
        edges {
          node {
            inputs {
              dataset {
                __typename
                id
                name
                namespace
              }
            }
            outputs {
              dataset {
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

/** What a job is, and what its latest run read and wrote. */
export function job(id: string) {
  return queryOptions({
    queryKey: ["job", id],
    queryFn: ({ signal }) => execute(JOB, { id }, signal),
  });
}
