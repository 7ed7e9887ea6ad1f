import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const DATASET = graphql(`
  query Dataset($id: ID!) {
    dataset(id: $id) {
      id
      name
      namespace
      type
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
      aliases {
        __typename
        id
        name
        namespace
      }
      schema {
        full
        since
      }
      columns {
        id
        name
        columnType: type
        description
        inSchema
        tags {
          key
          value
        }
      }
    }
  }
`);

const COLUMN = graphql(`
  query Column($id: ID!) {
    column(id: $id) {
      id
      name
      columnType: type
      description
      inSchema
      tags {
        key
        value
      }
      inheritedTags {
        tag {
          key
          value
        }
        source {
          id
          name
          dataset {
            id
            name
          }
        }
      }
      dataset {
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
`);

/** What a dataset is, and its columns. */
export function dataset(id: string) {
  return queryOptions({
    queryKey: ["dataset", id],
    queryFn: ({ signal }) => execute(DATASET, { id }, signal),
  });
}

/** What a column is. */
export function column(id: string) {
  return queryOptions({
    queryKey: ["column", id],
    queryFn: ({ signal }) => execute(COLUMN, { id }, signal),
  });
}
