import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const RUN = graphql(`
  query Run($id: ID!) {
    run(id: $id) {
      id
      runId
      state
      startedAt
      endedAt
      attempts
      codeVersion
      facets
      nominalTime {
        start
        end
      }
      failure {
        message
        language
        stackTrace
      }
      job {
        __typename
        id
        name
        namespace
      }
      parent {
        id
        state
        job {
          __typename
          id
          name
          namespace
        }
      }
      inputs {
        ...RunDataset
      }
      outputs {
        ...RunDataset
      }
    }
  }
  fragment RunDataset on RunDataset {
    dataset {
      __typename
      id
      name
      namespace
    }
    statistics {
      rows
      bytes
      files
    }
  }
`);

/** All that a run's page shows. */
export function run(id: string) {
  return queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => execute(RUN, { id }, signal),
  });
}
