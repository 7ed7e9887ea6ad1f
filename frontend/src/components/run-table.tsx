import { Link } from "@tanstack/react-router";
import { RunState } from "@/components/run-state";
import { type Column, Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { graphql } from "@/gql/generated";
import type { RunRowFragment } from "@/gql/generated/graphql";
import { moment, span } from "@/lib/moments";

graphql(`
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
`);

/** Runs, the latest heard of first: how they ended, when, how long they took. */
export function RunTable({ runs }: { runs: readonly RunRowFragment[] }) {
  return <Table label="Runs" columns={RUN_COLUMNS} rows={runs} rowKey={(run) => run.id} />;
}

export const RUN_COLUMNS: readonly Column<RunRowFragment>[] = [
  { head: "State", width: 3, cell: (run) => <RunState state={run.state} /> },
  {
    head: "Started",
    width: 5,
    plain: true,
    cell: (run) => (
      <Link to="/runs/$id" params={{ id: run.id }}>
        {moment(run.startedAt ?? run.endedAt)}
      </Link>
    ),
  },
  { head: "Took", width: 3, cell: (run) => span(run.startedAt, run.endedAt) },
  { head: "Job", width: 9, plain: true, cell: (run) => <ThingLink thing={run.job} plain /> },
  { head: "What happened", width: 6, plain: true, cell: happened },
];

function happened(run: RunRowFragment): string {
  const first = run.failure?.message.split("\n", 1)[0] ?? "";
  return [run.attempts > 1 ? `${run.attempts} attempts` : "", first].filter(Boolean).join("; ");
}
