/** What a first visitor of GraphiQL finds, a tab each; each works as it is on any catalog. */
export const EXAMPLES = [
  `# How much does the catalog know, and how well?
query Coverage {
  coverage {
    datasets
    columns
    jobs
    runs
    links
    jobsByTier {
      tier
      jobs
    }
  }
}
`,
  `# Which columns, datasets and jobs have this in their name?
query Search {
  search(text: "amount", first: 10) {
    __typename
    ... on Column {
      id
      name
      dataset {
        namespace
        name
      }
    }
    ... on Dataset {
      id
      namespace
      name
    }
    ... on Job {
      id
      namespace
      name
    }
  }
}
`,
  `# What is downstream of a column? Take an id from the search; variables are below.
query Downstream($column: ID!) {
  lineage(roots: [{ id: $column }], direction: DOWNSTREAM) {
    totals {
      datasets
      columns
      jobs
    }
    truncated
    reached(first: 50) {
      edges {
        node {
          depth
          end {
            __typename
            ... on Column {
              name
              dataset {
                name
              }
            }
            ... on Job {
              name
            }
          }
        }
      }
    }
  }
}
`,
  `# What breaks if a column is dropped? Take an id from the search; variables are below.
query WhatBreaks($column: ID!) {
  impact(changes: [{ kind: REMOVED, of: { id: $column } }]) {
    headline
    complete
    impacts {
      edges {
        node {
          kind
          name
          verdict
          certainty
          reason
          path
          owners
          proof {
            file
            line
            sql
          }
        }
      }
    }
  }
}
`,
  `# Who is to be told before this column changes?
query Consumers($column: ID!) {
  consumers(of: { id: $column }) {
    found {
      totalCount
      edges {
        node {
          depth
          mark
          criticality
          thing {
            namespace
            name
            owners {
              name
            }
          }
        }
      }
    }
  }
}
`,
] as const;
