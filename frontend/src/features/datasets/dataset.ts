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
      runs(first: 15) {
        edges {
          node {
            ...RunRow
          }
        }
      }
    }
    upstream: lineage(roots: [{ id: $id }], grain: DATASET, depth: 1, direction: UPSTREAM) {
      ...Neighbours
    }
    downstream: lineage(roots: [{ id: $id }], grain: DATASET, depth: 1, direction: DOWNSTREAM) {
      ...Neighbours
    }
    consumers(of: { id: $id }) {
      ...ConsumerList
    }
  }
  fragment Neighbours on Lineage {
    reached(first: 100) {
      totalCount
      edges {
        node {
          end {
            __typename
            ... on Dataset {
              id
              name
              namespace
            }
            ... on Job {
              id
              name
              namespace
            }
          }
          path {
            via {
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
    sources: lineage(roots: [{ id: $id }], direction: UPSTREAM) {
      ...Trail
    }
    uses: lineage(roots: [{ id: $id }], direction: DOWNSTREAM) {
      ...Trail
    }
    consumers(of: { id: $id }) {
      ...ConsumerList
    }
  }
`);

/** All that a dataset's page shows. */
export function dataset(id: string) {
  return queryOptions({
    queryKey: ["dataset", id],
    queryFn: ({ signal }) => execute(DATASET, { id }, signal),
  });
}

/** All that a column's page shows. */
export function column(id: string) {
  return queryOptions({
    queryKey: ["column", id],
    queryFn: ({ signal }) => execute(COLUMN, { id }, signal),
  });
}
