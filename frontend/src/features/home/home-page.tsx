import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Area } from "@/components/area";
import { AllConsumers } from "@/components/consumer-list";
import { NothingYet } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { RunTable } from "@/components/run-table";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import type { CoverageQuery, RecentQuery } from "@/gql/generated/graphql";
import { coverage, recent } from "./coverage";
import styles from "./home-page.module.css";

/** Rows of each list. */
const SHOWN = 10;

export function HomePage() {
  return (
    <Page title="What breaks when a column changes?">
      <p>
        <Link to="/impact">Ask for a column or a dataset</Link>
      </p>
      <Area what="what the catalog knows" query={useQuery(coverage)} rows={3}>
        {(data) => <Known coverage={data.coverage} />}
      </Area>
      <Section title="What data are for">
        <AllConsumers />
      </Section>
      <Area what="the latest runs" query={useQuery(recent)} rows={8}>
        {(data) => <Runs runs={data.runs} />}
      </Area>
    </Page>
  );
}

/** What failed among the runs last heard of, then the runs themselves. */
function Runs({ runs }: RecentQuery) {
  const latest = runs.edges.map((edge) => edge.node);
  const failed = latest.filter((run) => run.state === "FAIL" || run.state === "ABORT");
  if (latest.length === 0) return null;
  return (
    <>
      {failed.length > 0 && (
        <Section title={`Failed, of the last ${latest.length} runs`}>
          <RunTable runs={failed.slice(0, SHOWN)} />
        </Section>
      )}
      <Section title="Latest runs">
        <RunTable runs={latest.slice(0, SHOWN)} />
        <p>
          <Link to="/runs">All runs</Link>
        </p>
      </Section>
    </>
  );
}

function Known({ coverage }: CoverageQuery) {
  if (coverage.datasets + coverage.jobs === 0) return <NothingYet />;
  const counts = {
    datasets: coverage.datasets,
    columns: coverage.columns,
    jobs: coverage.jobs,
    runs: coverage.runs,
    links: coverage.links,
  };
  return (
    <>
      <dl className={styles.counts}>
        {Object.entries(counts).map(([what, number]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{number.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      <SqlRead of={coverage.sql} />
    </>
  );
}

/** How much of the SQL of jobs could be read, and which could not. */
function SqlRead({ of: { jobs, bound, unread, unreadJobs } }: { of: SqlCoverage }) {
  if (jobs === 0) return null;
  const part = jobs - bound - unread;
  const parts = [
    `${bound.toLocaleString()} whole`,
    part > 0 && `${part.toLocaleString()} in part`,
    unread > 0 && `${unread.toLocaleString()} not at all`,
  ].filter(Boolean);
  return (
    <>
      <p>
        The SQL of {jobs.toLocaleString()} {jobs === 1 ? "job" : "jobs"} is read: {parts.join(", ")}
        .
      </p>
      {unread > 0 && (
        <details className={styles.unread}>
          <summary>What could not be read</summary>
          {unreadJobs.length < unread && (
            <Notice>
              Showing {unreadJobs.length} of {unread.toLocaleString()}.
            </Notice>
          )}
          <Table label="Unread SQL" columns={COLUMNS} rows={unreadJobs} rowKey={idOf} />
        </details>
      )}
    </>
  );
}

type SqlCoverage = CoverageQuery["coverage"]["sql"];

function idOf({ job }: SqlCoverage["unreadJobs"][number]): string {
  return job.id;
}

const COLUMNS: readonly Column<SqlCoverage["unreadJobs"][number]>[] = [
  { head: "Job", cell: ({ job }) => <ThingLink thing={job} /> },
  { head: "Why", width: 6, cell: ({ trouble }) => trouble.message },
];
