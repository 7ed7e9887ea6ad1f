/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What a reader assumes. */
export type AssumptionKind =
  | 'BOUND'
  | 'PARTNER'
  | 'PATTERN'
  | 'TYPE'
  | 'VALUE';

/** How a verdict is known. */
export type Certainty =
  | 'DATA_DEPENDENT'
  | 'DECLARED'
  | 'INFERRED'
  | 'OBSERVED'
  | 'PROVEN';

/** A change that somebody thinks of. */
export type ChangeInput = {
  /** A value that a column has no more (VALUES). */
  from?: string | null | undefined;
  /** What is done. */
  kind: ChangeKind;
  /** The dataset or column; a column that is added by name. */
  of: ThingInput;
  /** The new query (LOGIC). */
  sql?: string | null | undefined;
  /** The new name (RENAMED) or type (RETYPED, ADDED); NULL (if nothing is said) or NOT NULL (NULLABILITY); a value that a column has from then on (VALUES); the columns in their new order, joined by commas (REORDERED); IN and what a new data test accepts of a column (CHECK). */
  to?: string | null | undefined;
};

/** The kinds of change. */
export type ChangeKind =
  | 'ADDED'
  | 'CHECK'
  | 'LOGIC'
  | 'NULLABILITY'
  | 'REMOVED'
  | 'RENAMED'
  | 'REORDERED'
  | 'RETYPED'
  | 'ROWS'
  | 'VALUES';

/** A column of a dataset, by name. */
export type ColumnInput = {
  /** The column; of a nested field the dotted path. */
  column: string;
  /** The dataset's name. */
  name: string;
  /** The dataset's namespace. */
  namespace: string;
};

/** What sort of consumer; NONE: it is no consumer, whatever its producers say. */
export type ConsumerSort =
  | 'AGENT'
  | 'DASHBOARD'
  | 'EXPORT'
  | 'MODEL'
  | 'NONE'
  | 'NOTEBOOK'
  | 'REPORT';

/** How much depends on a thing. */
export type Criticality =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'NORMAL';

/** With the data, or against it. */
export type Direction =
  | 'DOWNSTREAM'
  | 'UPSTREAM';

/** Why it may be read although nobody is known to. */
export type Doubt =
  | 'NEW'
  | 'TESTED'
  | 'UNBOUND'
  | 'UNWRITTEN';

/** Does evidence hold: is its code in force? */
export type EvidenceStatus =
  | 'CURRENT'
  | 'SUPERSEDED'
  | 'UNCONFIRMED';

/** How a link is known. */
export type EvidenceTier =
  | 'DECLARED'
  | 'EXPLICIT'
  | 'FACET'
  | 'INFERRED'
  | 'PARSED';

/** COLUMN: columns and rows; DATASET: datasets and jobs. */
export type Grain =
  | 'COLUMN'
  | 'DATASET';

/** Does the value flow (DIRECT), or does it only decide? */
export type LinkKind =
  | 'DIRECT'
  | 'INDIRECT';

/** A namespace and a name in it. */
export type NameInput = {
  /** The name in its namespace. */
  name: string;
  /** Where the name is defined. */
  namespace: string;
};

/** What happens to the rows of a dataset. */
export type RowsChange =
  | 'COPIES'
  | 'MEMBERS'
  | 'NONE';

/** What a run's events say of its life. */
export type RunState =
  | 'ABORT'
  | 'COMPLETE'
  | 'FAIL'
  | 'OTHER'
  | 'RUNNING'
  | 'START';

/** One dataset, job or column: by id or by name. */
export type ThingInput =
  {   /** A column's name. */
  column: ColumnInput; dataset?: never; id?: never; job?: never; }
  |  { column?: never;   /** A dataset's name. */
  dataset: NameInput; id?: never; job?: never; }
  |  { column?: never; dataset?: never;   /** Its id. */
  id: string | number; job?: never; }
  |  { column?: never; dataset?: never; id?: never;   /** A job's name. */
  job: NameInput; };

/** What an impact is about. */
export type ThingKind =
  | 'CHECK'
  | 'CONSUMER'
  | 'DATASET'
  | 'JOB';

/** What happens to a thing, strongest first. */
export type Verdict =
  | 'BLOCKED'
  | 'BREAKS'
  | 'ROWS_CHANGE'
  | 'SCHEMA_CHANGES'
  | 'UNAFFECTED'
  | 'UNKNOWN'
  | 'VALUES_CHANGE';

export type ConsumersQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type ConsumersQuery = { consumers: { truncated: boolean, found: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { mark: string | null, depth: number, criticality: Criticality, thing:
            | { __typename: 'Dataset', id: string, name: string, namespace: string, owners: Array<{ name: string }> }
            | { __typename: 'Job', id: string, name: string, namespace: string, owners: Array<{ name: string }> }
           } }> } } };

export type ConsumerRowFragment = { mark: string | null, depth: number, criticality: Criticality, thing:
    | { __typename: 'Dataset', id: string, name: string, namespace: string, owners: Array<{ name: string }> }
    | { __typename: 'Job', id: string, name: string, namespace: string, owners: Array<{ name: string }> }
   };

export type AllConsumersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type AllConsumersQuery = { markedConsumers: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { mark: string | null, depth: number, criticality: Criticality, thing:
          | { __typename: 'Dataset', id: string, name: string, namespace: string, owners: Array<{ name: string }> }
          | { __typename: 'Job', id: string, name: string, namespace: string, owners: Array<{ name: string }> }
         } }> } };

export type CurateMutationVariables = Exact<{
  id: string | number;
  by: string;
  owners?: Array<string> | string | null | undefined;
  criticality?: Criticality | null | undefined;
  sort?: ConsumerSort | null | undefined;
  setOwner: boolean;
  setCriticality: boolean;
  setSort: boolean;
}>;


export type CurateMutation = { setOwner?:
    | { id: string }
    | { id: string }
  , setCriticality?:
    | { id: string }
    | { id: string }
  , markConsumer?:
    | { id: string }
    | { id: string }
   };

export type RunsQueryVariables = Exact<{
  of?: ThingInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type RunsQuery = { runs: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, state: RunState | null, startedAt: string | null, endedAt: string | null, attempts: number, failure: { message: string } | null, job: { __typename: 'Job', id: string, name: string, namespace: string } } }> } };

export type RunRowFragment = { id: string, state: RunState | null, startedAt: string | null, endedAt: string | null, attempts: number, failure: { message: string } | null, job: { __typename: 'Job', id: string, name: string, namespace: string } };

type TrailEnd_Column_Fragment = { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } };

type TrailEnd_Dataset_Fragment = { __typename: 'Dataset', id: string, name: string, namespace: string };

type TrailEnd_Job_Fragment = { __typename: 'Job', id: string, name: string, namespace: string };

type TrailEnd_Rows_Fragment = { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } };

type TrailEnd_Whole_Fragment = { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } };

export type TrailEndFragment =
  | TrailEnd_Column_Fragment
  | TrailEnd_Dataset_Fragment
  | TrailEnd_Job_Fragment
  | TrailEnd_Rows_Fragment
  | TrailEnd_Whole_Fragment
;

export type TrailQueryVariables = Exact<{
  roots: Array<ThingInput> | ThingInput;
  direction: Direction;
  grain: Grain;
  depth?: number | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TrailQuery = { lineage: { truncated: boolean, answered: { consistent: boolean }, reached: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { depth: number, end:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , lastLink: { kind: LinkKind | null, subtype: string | null, masking: boolean, via:
              | { __typename: 'Dataset', id: string, name: string, namespace: string }
              | { __typename: 'Job', id: string, name: string, namespace: string }
             } } }> } } };

export type AssumptionsQueryVariables = Exact<{
  id: string | number;
}>;


export type AssumptionsQuery = { assumptions: { truncated: boolean, found: Array<{ kind: AssumptionKind, value: string, text: string, line: number, job: { __typename: 'Job', id: string, name: string, namespace: string } }> } };

export type DatasetQueryVariables = Exact<{
  id: string | number;
}>;


export type DatasetQuery = { dataset: { id: string, name: string, namespace: string, type: string | null, description: string | null, criticality: Criticality, consumer: string | null, acknowledgements: Array<{ change: string, by: string, why: string, until: string }>, owners: Array<{ name: string, type: string | null }>, tags: Array<{ key: string, value: string, column: string | null }>, aliases: Array<{ __typename: 'Dataset', id: string, name: string, namespace: string }>, schema: { full: boolean, since: string | null }, columns: Array<{ id: string, name: string, description: string | null, inSchema: boolean, columnType: string | null, tags: Array<{ key: string, value: string }> }> } | null };

export type ColumnQueryVariables = Exact<{
  id: string | number;
}>;


export type ColumnQuery = { column: { id: string, name: string, description: string | null, inSchema: boolean, columnType: string | null, tags: Array<{ key: string, value: string }>, inheritedTags: Array<{ tag: { key: string, value: string }, source: { id: string, name: string, dataset: { id: string, name: string } } }>, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string, owners: Array<{ name: string }> } } | null };

export type EvidenceQueryVariables = Exact<{
  id: string | number;
}>;


export type EvidenceQuery = { into: { links: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { source:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , target:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , via:
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
          , evidence: Array<{ tier: EvidenceTier, status: EvidenceStatus, producer: string, codeVersion: string | null, firstSeen: string, lastSeen: string, quote: { text: string } | null }> } }> } }, outOf: { links: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { source:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , target:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , via:
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
          , evidence: Array<{ tier: EvidenceTier, status: EvidenceStatus, producer: string, codeVersion: string | null, firstSeen: string, lastSeen: string, quote: { text: string } | null }> } }> } } };

export type BelievedFragment = { links: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { source:
          | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          | { __typename: 'Dataset', id: string, name: string, namespace: string }
          | { __typename: 'Job', id: string, name: string, namespace: string }
          | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
        , target:
          | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          | { __typename: 'Dataset', id: string, name: string, namespace: string }
          | { __typename: 'Job', id: string, name: string, namespace: string }
          | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
        , via:
          | { __typename: 'Dataset', id: string, name: string, namespace: string }
          | { __typename: 'Job', id: string, name: string, namespace: string }
        , evidence: Array<{ tier: EvidenceTier, status: EvidenceStatus, producer: string, codeVersion: string | null, firstSeen: string, lastSeen: string, quote: { text: string } | null }> } }> } };

export type CoverageQueryVariables = Exact<{ [key: string]: never; }>;


export type CoverageQuery = { coverage: { datasets: number, columns: number, jobs: number, runs: number, links: number, sql: { jobs: number, bound: number, unread: number, unreadJobs: Array<{ job: { __typename: 'Job', id: string, name: string, namespace: string }, trouble: { message: string } }> }, jobsByTier: Array<{ tier: EvidenceTier, jobs: number }> } };

export type RecentQueryVariables = Exact<{ [key: string]: never; }>;


export type RecentQuery = { runs: { edges: Array<{ node: { id: string, state: RunState | null, startedAt: string | null, endedAt: string | null, attempts: number, failure: { message: string } | null, job: { __typename: 'Job', id: string, name: string, namespace: string } } }> } };

export type ImpactQueryVariables = Exact<{
  changes: Array<ChangeInput> | ChangeInput;
  first: number;
  after?: string | null | undefined;
}>;


export type ImpactQuery = { impact: { headline: string, verdict: string, complete: boolean, markdown: string, totals: Array<{ verdict: Verdict, things: number }>, coverage: { jobs: number, parsed: number, columns: number, resolved: number, truncated: boolean, unparsed: Array<{ name: string, reason: string }> }, impacts: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ThingKind, namespace: string, name: string, verdict: Verdict, certainty: Certainty | null, columns: Array<string>, reason: string, path: Array<string>, owners: Array<string>, criticality: Criticality, steps: Array<
            | { __typename: 'Dataset', id: string }
            | { __typename: 'Job', id: string }
           | null>, thing:
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
           | null, makers: Array<
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
          >, effects: { rows: RowsChange, columns: Array<string>, rebound: Array<string>, schema: Array<{ kind: ChangeKind, column: string | null, from: string | null, to: string | null }> }, proof: { message: string, file: string | null, line: number | null, column: number | null, length: number | null, sql: string | null } | null, edits: Array<{ line: number, before: string, after: string }> } }> } } };

export type ImpactRowFragment = { kind: ThingKind, namespace: string, name: string, verdict: Verdict, certainty: Certainty | null, columns: Array<string>, reason: string, path: Array<string>, owners: Array<string>, criticality: Criticality, steps: Array<
    | { __typename: 'Dataset', id: string }
    | { __typename: 'Job', id: string }
   | null>, thing:
    | { __typename: 'Dataset', id: string, name: string, namespace: string }
    | { __typename: 'Job', id: string, name: string, namespace: string }
   | null, makers: Array<
    | { __typename: 'Dataset', id: string, name: string, namespace: string }
    | { __typename: 'Job', id: string, name: string, namespace: string }
  >, effects: { rows: RowsChange, columns: Array<string>, rebound: Array<string>, schema: Array<{ kind: ChangeKind, column: string | null, from: string | null, to: string | null }> }, proof: { message: string, file: string | null, line: number | null, column: number | null, length: number | null, sql: string | null } | null, edits: Array<{ line: number, before: string, after: string }> };

export type ImpactSheetQueryVariables = Exact<{
  changes: Array<ChangeInput> | ChangeInput;
}>;


export type ImpactSheetQuery = { impact: { csv: string } };

export type JobSqlQueryVariables = Exact<{
  id: string | number;
}>;


export type JobSqlQuery = { job: { sql: { query: string, dialect: string | null } | null } | null };

export type TargetQueryVariables = Exact<{
  namespace: string;
  name: string;
}>;


export type TargetQuery = { dataset: { __typename: 'Dataset', id: string, name: string, namespace: string, columns: Array<{ name: string, columnType: string | null }> } | null };

export type MadeByQueryVariables = Exact<{
  dataset: NameInput;
}>;


export type MadeByQuery = { lineage: { reached: { edges: Array<{ node: { path: Array<{ via:
              | { id: string }
              | { id: string, sql: { query: string } | null }
             }> } }> } } };

export type PickQueryVariables = Exact<{
  text: string;
}>;


export type PickQuery = { search: Array<
    | { __typename: 'Column', id: string, name: string, columnType: string | null, dataset: { name: string, namespace: string } }
    | { __typename: 'Dataset', id: string, name: string, namespace: string }
    | { __typename: 'Job' }
  > };

export type ImpactExampleQueryVariables = Exact<{ [key: string]: never; }>;


export type ImpactExampleQuery = { runs: { edges: Array<{ node: { inputs: Array<{ dataset: { name: string, namespace: string, columns: Array<{ name: string }> } }> } }> } };

export type JobQueryVariables = Exact<{
  id: string | number;
}>;


export type JobQuery = { job: { id: string, name: string, namespace: string, description: string | null, criticality: Criticality, consumer: string | null, acknowledgements: Array<{ change: string, by: string, why: string, until: string }>, owners: Array<{ name: string, type: string | null }>, tags: Array<{ key: string, value: string, column: string | null }>, kind: { processing: string, integration: string, type: string | null } | null, sql: { query: string, dialect: string | null } | null, reading: { bound: boolean, unmatched: Array<string>, trouble: { message: string, line: number, column: number } | null } | null, sourceCode: { language: string, code: string } | null, location: { url: string, path: string | null, version: string | null } | null, runs: { edges: Array<{ node: { inputs: Array<{ dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }>, outputs: Array<{ dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }> } }> } } | null };

export type LineageQueryVariables = Exact<{
  roots: Array<ThingInput> | ThingInput;
  direction: Direction;
  grain: Grain;
  depth?: number | null | undefined;
}>;


export type LineageQuery = { lineage: { truncated: boolean, totals: { datasets: number, jobs: number }, reached: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { depth: number, end:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
           } }> }, roots: Array<
      | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
      | { __typename: 'Dataset', id: string, name: string, namespace: string }
      | { __typename: 'Job', id: string, name: string, namespace: string }
      | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
      | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
    >, links: { pageInfo: { hasNextPage: boolean }, edges: Array<{ node: { kind: LinkKind | null, source:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , target:
            | { __typename: 'Column', id: string, name: string, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Dataset', id: string, name: string, namespace: string }
            | { __typename: 'Job', id: string, name: string, namespace: string }
            | { __typename: 'Rows', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
            | { __typename: 'Whole', dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
          , via:
            | { name: string }
            | { name: string }
           } }> } } };

export type RunQueryVariables = Exact<{
  id: string | number;
}>;


export type RunQuery = { run: { id: string, runId: string, state: RunState | null, startedAt: string | null, endedAt: string | null, attempts: number, codeVersion: string, facets: Array<string>, nominalTime: { start: string, end: string | null } | null, failure: { message: string, language: string | null, stackTrace: string | null } | null, job: { __typename: 'Job', id: string, name: string, namespace: string }, parent: { id: string, state: RunState | null, job: { __typename: 'Job', id: string, name: string, namespace: string } } | null, inputs: Array<{ dataset: { __typename: 'Dataset', id: string, name: string, namespace: string }, statistics: { rows: number | null, bytes: number | null, files: number | null } | null }>, outputs: Array<{ dataset: { __typename: 'Dataset', id: string, name: string, namespace: string }, statistics: { rows: number | null, bytes: number | null, files: number | null } | null }> } | null };

export type RunDatasetFragment = { dataset: { __typename: 'Dataset', id: string, name: string, namespace: string }, statistics: { rows: number | null, bytes: number | null, files: number | null } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  first: number;
}>;


export type SearchQuery = { search: Array<
    | { __typename: 'Column', id: string, name: string, columnType: string | null, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string } }
    | { __typename: 'Dataset', id: string, name: string, namespace: string, consumer: string | null, owners: Array<{ name: string }> }
    | { __typename: 'Job', id: string, name: string, namespace: string, consumer: string | null, owners: Array<{ name: string }> }
  > };

export type UnusedQueryVariables = Exact<{
  of?: ThingInput | null | undefined;
  days: number;
  first: number;
  after?: string | null | undefined;
}>;


export type UnusedQuery = { unused: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { read: string | null, doubts: Array<Doubt>, dataset: { __typename: 'Dataset', id: string, name: string, namespace: string, owners: Array<{ name: string }> }, column: { id: string, name: string } | null, by:
          | { __typename: 'Dataset', id: string, name: string, namespace: string }
          | { __typename: 'Job', id: string, name: string, namespace: string }
         | null } }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ConsumerRowFragmentDoc = new TypedDocumentString(`
    fragment ConsumerRow on Consumer {
  mark
  depth
  criticality
  thing {
    __typename
    id
    name
    namespace
    owners {
      name
    }
  }
}
    `, {"fragmentName":"ConsumerRow"}) as unknown as TypedDocumentString<ConsumerRowFragment, unknown>;
export const RunRowFragmentDoc = new TypedDocumentString(`
    fragment RunRow on Run {
  id
  state
  startedAt
  endedAt
  attempts
  failure {
    message
  }
  job {
    __typename
    id
    name
    namespace
  }
}
    `, {"fragmentName":"RunRow"}) as unknown as TypedDocumentString<RunRowFragment, unknown>;
export const TrailEndFragmentDoc = new TypedDocumentString(`
    fragment TrailEnd on LineageEnd {
  __typename
  ... on Column {
    id
    name
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Rows {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Whole {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
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
    `, {"fragmentName":"TrailEnd"}) as unknown as TypedDocumentString<TrailEndFragment, unknown>;
export const BelievedFragmentDoc = new TypedDocumentString(`
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
    fragment TrailEnd on LineageEnd {
  __typename
  ... on Column {
    id
    name
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Rows {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Whole {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
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
}`, {"fragmentName":"Believed"}) as unknown as TypedDocumentString<BelievedFragment, unknown>;
export const ImpactRowFragmentDoc = new TypedDocumentString(`
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
    `, {"fragmentName":"ImpactRow"}) as unknown as TypedDocumentString<ImpactRowFragment, unknown>;
export const RunDatasetFragmentDoc = new TypedDocumentString(`
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
    `, {"fragmentName":"RunDataset"}) as unknown as TypedDocumentString<RunDatasetFragment, unknown>;
export const ConsumersDocument = new TypedDocumentString(`
    query Consumers($id: ID!, $first: Int!, $after: String) {
  consumers(of: { id: $id }) {
    truncated
    found(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...ConsumerRow
        }
      }
    }
  }
}
    fragment ConsumerRow on Consumer {
  mark
  depth
  criticality
  thing {
    __typename
    id
    name
    namespace
    owners {
      name
    }
  }
}`) as unknown as TypedDocumentString<ConsumersQuery, ConsumersQueryVariables>;
export const AllConsumersDocument = new TypedDocumentString(`
    query AllConsumers($first: Int!, $after: String) {
  markedConsumers(first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...ConsumerRow
      }
    }
  }
}
    fragment ConsumerRow on Consumer {
  mark
  depth
  criticality
  thing {
    __typename
    id
    name
    namespace
    owners {
      name
    }
  }
}`) as unknown as TypedDocumentString<AllConsumersQuery, AllConsumersQueryVariables>;
export const CurateDocument = new TypedDocumentString(`
    mutation Curate($id: ID!, $by: String!, $owners: [String!], $criticality: Criticality, $sort: ConsumerSort, $setOwner: Boolean!, $setCriticality: Boolean!, $setSort: Boolean!) {
  setOwner(thing: { id: $id }, owners: $owners, by: $by) @include(if: $setOwner) {
    id
  }
  setCriticality(thing: { id: $id }, criticality: $criticality, by: $by) @include(if: $setCriticality) {
    id
  }
  markConsumer(thing: { id: $id }, sort: $sort, by: $by) @include(if: $setSort) {
    id
  }
}
    `) as unknown as TypedDocumentString<CurateMutation, CurateMutationVariables>;
export const RunsDocument = new TypedDocumentString(`
    query Runs($of: ThingInput, $first: Int!, $after: String) {
  runs(of: $of, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...RunRow
      }
    }
  }
}
    fragment RunRow on Run {
  id
  state
  startedAt
  endedAt
  attempts
  failure {
    message
  }
  job {
    __typename
    id
    name
    namespace
  }
}`) as unknown as TypedDocumentString<RunsQuery, RunsQueryVariables>;
export const TrailDocument = new TypedDocumentString(`
    query Trail($roots: [ThingInput!]!, $direction: Direction!, $grain: Grain!, $depth: Int, $first: Int!, $after: String) {
  lineage(roots: $roots, direction: $direction, grain: $grain, depth: $depth) {
    truncated
    answered {
      consistent
    }
    reached(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          depth
          end {
            ...TrailEnd
          }
          lastLink {
            kind
            subtype
            masking
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
}
    fragment TrailEnd on LineageEnd {
  __typename
  ... on Column {
    id
    name
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Rows {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Whole {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
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
}`) as unknown as TypedDocumentString<TrailQuery, TrailQueryVariables>;
export const AssumptionsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<AssumptionsQuery, AssumptionsQueryVariables>;
export const DatasetDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DatasetQuery, DatasetQueryVariables>;
export const ColumnDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<ColumnQuery, ColumnQueryVariables>;
export const EvidenceDocument = new TypedDocumentString(`
    query Evidence($id: ID!) {
  into: lineage(roots: [{ id: $id }], direction: UPSTREAM, depth: 1) {
    ...Believed
  }
  outOf: lineage(roots: [{ id: $id }], direction: DOWNSTREAM, depth: 1) {
    ...Believed
  }
}
    fragment TrailEnd on LineageEnd {
  __typename
  ... on Column {
    id
    name
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Rows {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Whole {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
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
}`) as unknown as TypedDocumentString<EvidenceQuery, EvidenceQueryVariables>;
export const CoverageDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CoverageQuery, CoverageQueryVariables>;
export const RecentDocument = new TypedDocumentString(`
    query Recent {
  runs(first: 200) {
    edges {
      node {
        ...RunRow
      }
    }
  }
}
    fragment RunRow on Run {
  id
  state
  startedAt
  endedAt
  attempts
  failure {
    message
  }
  job {
    __typename
    id
    name
    namespace
  }
}`) as unknown as TypedDocumentString<RecentQuery, RecentQueryVariables>;
export const ImpactDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<ImpactQuery, ImpactQueryVariables>;
export const ImpactSheetDocument = new TypedDocumentString(`
    query ImpactSheet($changes: [ChangeInput!]!) {
  impact(changes: $changes) {
    csv
  }
}
    `) as unknown as TypedDocumentString<ImpactSheetQuery, ImpactSheetQueryVariables>;
export const JobSqlDocument = new TypedDocumentString(`
    query JobSql($id: ID!) {
  job(id: $id) {
    sql {
      query
      dialect
    }
  }
}
    `) as unknown as TypedDocumentString<JobSqlQuery, JobSqlQueryVariables>;
export const TargetDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<TargetQuery, TargetQueryVariables>;
export const MadeByDocument = new TypedDocumentString(`
    query MadeBy($dataset: NameInput!) {
  lineage(
    roots: [{ dataset: $dataset }]
    grain: DATASET
    depth: 1
    direction: UPSTREAM
  ) {
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
    `) as unknown as TypedDocumentString<MadeByQuery, MadeByQueryVariables>;
export const PickDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<PickQuery, PickQueryVariables>;
export const ImpactExampleDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<ImpactExampleQuery, ImpactExampleQueryVariables>;
export const JobDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<JobQuery, JobQueryVariables>;
export const LineageDocument = new TypedDocumentString(`
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
    fragment TrailEnd on LineageEnd {
  __typename
  ... on Column {
    id
    name
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Rows {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
  ... on Whole {
    dataset {
      __typename
      id
      name
      namespace
    }
  }
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
}`) as unknown as TypedDocumentString<LineageQuery, LineageQueryVariables>;
export const RunDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<RunQuery, RunQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($text: String!, $first: Int!) {
  search(text: $text, first: $first) {
    __typename
    ... on Dataset {
      id
      name
      namespace
      consumer
      owners {
        name
      }
    }
    ... on Job {
      id
      name
      namespace
      consumer
      owners {
        name
      }
    }
    ... on Column {
      id
      name
      columnType: type
      dataset {
        __typename
        id
        name
        namespace
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const UnusedDocument = new TypedDocumentString(`
    query Unused($of: ThingInput, $days: Int!, $first: Int!, $after: String) {
  unused(of: $of, days: $days, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        dataset {
          __typename
          id
          name
          namespace
          owners {
            name
          }
        }
        column {
          id
          name
        }
        read
        by {
          __typename
          id
          name
          namespace
        }
        doubts
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UnusedQuery, UnusedQueryVariables>;