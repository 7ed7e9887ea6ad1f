import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Area } from "@/components/area";
import { Code } from "@/components/code";
import { NoneKnown } from "@/components/empty";
import { Page } from "@/components/page";
import { RunState } from "@/components/run-state";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { Trait } from "@/components/traits";
import type { RunDatasetFragment, RunQuery } from "@/gql/generated/graphql";
import { moment, span } from "@/lib/moments";
import { run } from "./run";
import styles from "./run-page.module.css";

const route = getRouteApi("/runs/$id");

type Known = NonNullable<RunQuery["run"]>;

export function RunPage() {
  const { id } = route.useParams();
  const query = useQuery(run(id));
  const known = query.data?.data.run;
  return (
    <Page kind="Run" title={known ? `${known.job.name}, ${moment(known.startedAt)}` : "Run"}>
      <Area what="the run" query={query} rows={12}>
        {(data) => data.run && <Content known={data.run} />}
      </Area>
    </Page>
  );
}

function Content({ known }: { known: Known }) {
  return (
    <>
      <dl className={styles.facts}>
        <Trait name="State">
          <RunState state={known.state} />
        </Trait>
        <Trait name="Job">
          <ThingLink thing={known.job} />
        </Trait>
        <Trait name="Started">{moment(known.startedAt)}</Trait>
        <Trait name="Ended">{moment(known.endedAt)}</Trait>
        <Trait name="Took">{span(known.startedAt, known.endedAt)}</Trait>
        <Trait name="Attempts">{known.attempts}</Trait>
        {known.nominalTime && <Trait name="Scheduled for">{moment(known.nominalTime.start)}</Trait>}
        <Trait name="Code version">{known.codeVersion}</Trait>
        <Trait name="Id">{known.runId}</Trait>
        {known.parent && (
          <Trait name="Started by">
            <Link to="/runs/$id" params={{ id: known.parent.id }}>
              {known.parent.job.name}
            </Link>
          </Trait>
        )}
      </dl>
      {known.failure && (
        <Section title="Why it failed">
          <p>{known.failure.message}</p>
          {known.failure.stackTrace && <Code text={known.failure.stackTrace} label="Stack trace" />}
        </Section>
      )}
      <Datasets title="Read" of={known.inputs} />
      <Datasets title={known.state === "FAIL" ? "Was to write" : "Wrote"} of={known.outputs} />
    </>
  );
}

function Datasets({ title, of }: { title: string; of: readonly RunDatasetFragment[] }) {
  return (
    <Section title={title}>
      {of.length === 0 ? (
        <NoneKnown what="datasets" />
      ) : (
        <Table label={title} columns={COLUMNS} rows={of} rowKey={(one) => one.dataset.id} />
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<RunDatasetFragment>[] = [
  { head: "Dataset", width: 8, cell: ({ dataset }) => <ThingLink thing={dataset} /> },
  { head: "Rows", cell: ({ statistics }) => amount(statistics?.rows) },
  { head: "Bytes", cell: ({ statistics }) => amount(statistics?.bytes) },
];

function amount(number: number | null | undefined): string {
  return number === null || number === undefined ? "not counted" : number.toLocaleString();
}
