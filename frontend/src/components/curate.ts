import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import type { ConsumerSort, Criticality } from "@/gql/generated/graphql";

const CURATE = graphql(`
  mutation Curate(
    $id: ID!
    $by: String!
    $owners: [String!]
    $criticality: Criticality
    $sort: ConsumerSort
    $setOwner: Boolean!
    $setCriticality: Boolean!
    $setSort: Boolean!
  ) {
    setOwner(thing: { id: $id }, owners: $owners, by: $by) @include(if: $setOwner) {
      id
    }
    setCriticality(thing: { id: $id }, criticality: $criticality, by: $by)
      @include(if: $setCriticality) {
      id
    }
    markConsumer(thing: { id: $id }, sort: $sort, by: $by) @include(if: $setSort) {
      id
    }
  }
`);

/** What somebody says of a thing; what is not given stays as it is. */
export interface Words {
  owners?: string[];
  criticality?: Criticality;
  sort?: ConsumerSort;
}

/** Say something of a thing; fails if any of it is refused. */
export async function curate(id: string, by: string, words: Words): Promise<void> {
  const { owners, criticality, sort } = words;
  const { problems } = await execute(CURATE, {
    id,
    by,
    owners: owners ?? null,
    criticality: criticality ?? null,
    sort: sort ?? null,
    setOwner: owners !== undefined,
    setCriticality: criticality !== undefined,
    setSort: sort !== undefined,
  });
  if (problems.length > 0) throw new Error(problems.map((one) => one.message).join("; "));
}
