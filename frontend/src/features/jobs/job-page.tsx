import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Acknowledgements } from "@/components/acknowledgements";
import { Area } from "@/components/area";
import { Code, type Mark } from "@/components/code";
import { Curation } from "@/components/curation";
import { NoneKnown } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { RunList } from "@/components/run-list";
import { Section } from "@/components/section";
import { type Named, ThingLink } from "@/components/thing-link";
import { TraitList } from "@/components/traits";
import type { JobQuery } from "@/gql/generated/graphql";
import { job } from "./job";

const route = getRouteApi("/jobs/$key");

type Known = NonNullable<JobQuery["job"]>;

export function JobPage() {
  const { key } = route.useParams();
  const query = useQuery(job(key));
  const known = query.data?.data.job;
  return (
    <Page kind={kindOf(known)} title={known?.name ?? "Job"}>
      <Area what="the job" query={query} rows={16}>
        {(data) => data.job && <Content known={data.job} />}
      </Area>
    </Page>
  );
}

function kindOf(known: Known | null | undefined): string {
  const words = [known?.kind?.integration, known?.kind?.type, known?.kind?.processing];
  return ["Job", ...words.filter((word) => word).map((word) => word?.toLowerCase())].join(" · ");
}

function Content({ known }: { known: Known }) {
  const latest = known.runs.edges[0]?.node;
  return (
    <>
      <TraitList of={known} />
      <Curation of={known} />
      <p>
        <Link to="/lineage" search={{ focus: [known.id], grain: "dataset" }}>
          Lineage of this job
        </Link>
      </p>
      <Section title="Reads, as of its latest run">
        <Datasets of={latest?.inputs.map((one) => one.dataset) ?? []} what="inputs" />
      </Section>
      <Section title="Writes, as of its latest run">
        <Datasets of={latest?.outputs.map((one) => one.dataset) ?? []} what="outputs" />
      </Section>
      <CodeOf known={known} />
      <Acknowledgements of={known.acknowledgements} />
      <Section title="Runs">
        <RunList of={known.id} />
      </Section>
    </>
  );
}

function Datasets({ of, what }: { of: readonly Named[]; what: string }) {
  if (of.length === 0) return <NoneKnown what={what} />;
  return (
    <ul>
      {of.map((one) => (
        <li key={one.id}>
          <ThingLink thing={one} />
        </li>
      ))}
    </ul>
  );
}

function CodeOf({ known: { sql, reading, sourceCode, location } }: { known: Known }) {
  if (!(sql || sourceCode || location)) return null;
  return (
    <Section title="Code">
      {location && (
        <p>
          In <a href={safe(location.url)}>{location.path ?? location.url}</a>
          {location.version && `, version ${location.version.slice(0, 12)}`}
        </p>
      )}
      {sql && <ReadingOf reading={reading} />}
      {sql && (
        <Code
          text={sql.query}
          label={`SQL${sql.dialect ? `, ${sql.dialect}` : ""}`}
          mark={placeOf(reading)}
        />
      )}
      {sourceCode && <Code text={sourceCode.code} label={`Source code, ${sourceCode.language}`} />}
    </Section>
  );
}

/** What our reading of the SQL came to, and what is wrong with it. */
function ReadingOf({ reading }: { reading: Known["reading"] }) {
  if (!reading) return <p>It is not read yet: that happens once a run of it completes.</p>;
  const { bound, trouble, unmatched } = reading;
  if (bound)
    return <p>✓ Read whole: every name in it was found, in tables that are known whole.</p>;
  const place = trouble && trouble.line > 0 ? `Line ${trouble.line}: ` : "";
  return (
    <Notice>
      {trouble ? (
        <>
          <strong>It could not be read, or not whole.</strong> {place}
          {trouble.message}
        </>
      ) : (
        <>
          <strong>Read, but not all of it can be proved:</strong> not all columns of what it reads
          are known.
        </>
      )}
      {unmatched.length > 0 && ` No dataset could be told for ${unmatched.join(", ")}.`}
    </Notice>
  );
}

function placeOf(reading: Known["reading"]): Mark | undefined {
  const trouble = reading?.trouble;
  return trouble && trouble.line > 0 ? { line: trouble.line, column: trouble.column } : undefined;
}

/** Addresses come from events: only those of the web may be followed. */
function safe(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}
