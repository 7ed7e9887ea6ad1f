import { Link } from "@tanstack/react-router";
import { RunState } from "@/components/run-state";
import { Table } from "@/components/table";
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

/** Runs, the latest first: how they ended, when, how long they took. */
export function RunTable({
  runs,
  withJob = true,
}: {
  runs: readonly RunRowFragment[];
  withJob?: boolean;
}) {
  const head = ["State", "Started", "Took", ...(withJob ? ["Job"] : []), "What happened"];
  return (
    <Table label="Runs" head={head} rows={runs} rowKey={(run) => run.id}>
      {(run) => [
        <RunState key="state" state={run.state} />,
        <Link key="started" to="/runs/$id" params={{ id: run.id }}>
          {moment(run.startedAt ?? run.endedAt)}
        </Link>,
        span(run.startedAt, run.endedAt),
        ...(withJob ? [<ThingLink key="job" thing={run.job} plain />] : []),
        happened(run),
      ]}
    </Table>
  );
}

function happened(run: RunRowFragment): string {
  const first = run.failure?.message.split("\n", 1)[0] ?? "";
  return [run.attempts > 1 ? `${run.attempts} attempts` : "", first].filter(Boolean).join("; ");
}
