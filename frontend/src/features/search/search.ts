import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const SEARCH = graphql(`
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
`);

/** How many hits are shown; the server gives the closest first. */
export const SHOWN = 100;

/** What has this text in its name; one hit more than is shown tells that there are more. */
export function search(text: string) {
  return queryOptions({
    queryKey: ["search", text],
    queryFn: ({ signal }) => execute(SEARCH, { text, first: SHOWN + 1 }, signal),
    placeholderData: keepPreviousData,
  });
}
