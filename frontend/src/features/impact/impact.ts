import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { ChangeInput, ImpactQuery, ImpactRowFragment } from "@/gql/generated/graphql";
import { listOptions } from "@/gql/list";
import type { Change } from "@/lib/change";

const IMPACT = graphql(`
  query Impact($changes: [ChangeInput!]!, $first: Int!, $after: String) {
    impact(changes: $changes) {
      headline
      verdict
      complete
      markdown
      totals {
        verdict
        things
      }
      coverage {
        jobs
        parsed
        columns
        resolved
        truncated
        unparsed {
          name
          reason
        }
      }
      impacts(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ImpactRow
          }
        }
      }
    }
  }
  fragment ImpactRow on Impact {
    kind
    namespace
    name
    verdict
    certainty
    columns
    reason
    path
    steps {
      __typename
      id
    }
    owners
    criticality
    thing {
      __typename
      id
      name
      namespace
    }
    makers {
      __typename
      id
      name
      namespace
    }
    effects {
      schema {
        kind
        column
        from
        to
      }
      rows
      columns
      rebound
    }
    proof {
      message
      file
      line
      column
      length
      sql
    }
    edits {
      line
      before
      after
    }
  }
`);

const SHEET = graphql(`
  query ImpactSheet($changes: [ChangeInput!]!) {
    impact(changes: $changes) {
      csv
    }
  }
`);

const JOB_SQL = graphql(`
  query JobSql($id: ID!) {
    job(id: $id) {
      sql {
        query
        dialect
      }
    }
  }
`);

const TARGET = graphql(`
  query Target($namespace: String!, $name: String!) {
    dataset(namespace: $namespace, name: $name) {
      __typename
      id
      name
      namespace
      columns {
        name
        columnType: type
      }
    }
  }
`);

const MADE_BY = graphql(`
  query MadeBy($dataset: NameInput!) {
    lineage(roots: [{ dataset: $dataset }], grain: DATASET, depth: 1, direction: UPSTREAM) {
      reached {
        edges {
          node {
            path {
              via {
                id
                ... on Job {
                  sql {
                    query
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

const PICK = graphql(`
  query Pick($text: String!) {
    search(text: $text, first: 40) {
      __typename
      ... on Dataset {
        id
        name
        namespace
      }
      ... on Column {
        id
        name
        columnType: type
        dataset {
          name
          namespace
        }
      }
    }
  }
`);

const EXAMPLE = graphql(`
  query ImpactExample {
    runs(first: 30) {
      edges {
        node {
          inputs {
            dataset {
              name
              namespace
              columns {
                name
              }
            }
          }
        }
      }
    }
  }
`);

export type Report = ImpactQuery["impact"];
export type Row = ImpactRowFragment;

/** What changes break. */
export function impact(changes: readonly Change[]) {
  const asked = changes.map(inputOf);
  return listOptions({
    queryKey: ["impact", changes],
    ask: (page, signal) => execute(IMPACT, { changes: asked, ...page }, signal),
    list: (data) => data.impact.impacts,
  });
}

/** All impacts as CSV, however many are shown. */
export async function sheet(changes: readonly Change[]): Promise<string> {
  const { data } = await execute(SHEET, { changes: changes.map(inputOf) });
  return data.impact.csv;
}

function inputOf({ kind, namespace, name, column, to, from, sql }: Change): ChangeInput {
  const of = column ? { column: { namespace, name, column } } : { dataset: { namespace, name } };
  return { kind, of, to: to ?? null, from: from ?? null, sql: sql ?? null };
}

/** The SQL of a job. */
export function jobSql(id: string) {
  return queryOptions({
    queryKey: ["job sql", id],
    queryFn: ({ signal }) => execute(JOB_SQL, { id }, signal),
  });
}

/** The dataset that a change is about; null if there is none of that name. */
export function target(namespace: string, name: string) {
  return queryOptions({
    queryKey: ["target", namespace, name],
    queryFn: ({ signal }) => execute(TARGET, { namespace, name }, signal),
  });
}

/** What makes a dataset. */
export function madeBy(namespace: string, name: string) {
  return queryOptions({
    queryKey: ["made by", namespace, name],
    queryFn: ({ signal }) => execute(MADE_BY, { dataset: { namespace, name } }, signal),
  });
}

/** Columns and datasets that have this text in their name. */
export function pick(text: string) {
  return queryOptions({
    queryKey: ["pick", text],
    queryFn: ({ signal }) => execute(PICK, { text }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Something that a run has lately read: a change of it has consequences. */
export const example = queryOptions({
  queryKey: ["impact example"],
  queryFn: ({ signal }) => execute(EXAMPLE, {}, signal),
});
