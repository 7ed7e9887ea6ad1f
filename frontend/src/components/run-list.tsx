import { ListArea } from "@/components/list-area";
import { RUN_COLUMNS } from "@/components/run-table";
import { execute } from "@/gql/execute";
import { graphql } from "@/gql/generated";
import { listOptions } from "@/gql/list";

const RUNS = graphql(`
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
`);

/** The runs of a job or those that touched a dataset, the latest heard of first; or all runs. */
export function RunList({ of }: { of?: string }) {
  const options = listOptions({
    queryKey: ["runs", of],
    ask: (page, signal) =>
      execute(RUNS, { of: of === undefined ? null : { id: of }, ...page }, signal),
    list: (data) => data.runs,
  });
  return <ListArea what="runs" options={options} columns={RUN_COLUMNS} rowKey={(run) => run.id} />;
}
