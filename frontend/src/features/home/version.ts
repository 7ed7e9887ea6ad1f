import { queryOptions } from "@tanstack/react-query";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";

const VERSION = graphql(`
  query Version {
    version
  }
`);

/** The version of the server; it changes only when the server is replaced. */
export const version = queryOptions({
  queryKey: ["version"],
  queryFn: ({ signal }) => execute(VERSION, {}, signal),
});
