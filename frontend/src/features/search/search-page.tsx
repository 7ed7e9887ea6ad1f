import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Area } from "@/components/area";
import { FilteredOut } from "@/components/empty";
import { Notice } from "@/components/notice";
import { OwnerNames } from "@/components/owner-names";
import { Page } from "@/components/page";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import type { SearchQuery } from "@/gql/generated/graphql";
import { SHOWN, search } from "./search";

const route = getRouteApi("/search");

type Hit = SearchQuery["search"][number];
type ColumnHit = Extract<Hit, { __typename: "Column" }>;
type ThingHit = Exclude<Hit, ColumnHit>;

export function SearchPage() {
  const { q } = route.useSearch();
  return q === undefined ? (
    <Page title="Search">
      <p>
        Type part of the name of a column, a dataset or a job into the box above: <kbd>/</kbd> leads
        there from any page, <kbd>↓</kbd> from there to what is found.
      </p>
    </Page>
  ) : (
    <Results text={q} />
  );
}

function Results({ text }: { text: string }) {
  const navigate = route.useNavigate();
  const query = useQuery(search(text));
  return (
    <Page title={`Search: ${text}`}>
      <Area what="what was found" query={query} rows={12}>
        {(data) =>
          data.search.length === 0 ? (
            <FilteredOut filter={`“${text}”`} clear={() => void navigate({ search: {} })} />
          ) : (
            <div data-found>
              <Groups hits={data.search.slice(0, SHOWN)} more={data.search.length > SHOWN} />
            </div>
          )
        }
      </Area>
    </Page>
  );
}

function Groups({ hits, more }: { hits: readonly Hit[]; more: boolean }) {
  const columns = hits.filter((hit) => hit.__typename === "Column");
  const datasets = hits.filter((hit) => hit.__typename === "Dataset");
  const jobs = hits.filter((hit) => hit.__typename === "Job");
  return (
    <>
      {more && (
        <Notice>There are more; these {SHOWN} are the closest. Type more of the name.</Notice>
      )}
      {columns.length > 0 && <Columns hits={columns} />}
      {datasets.length > 0 && <Things title="Datasets" hits={datasets} />}
      {jobs.length > 0 && <Things title="Jobs" hits={jobs} />}
    </>
  );
}

function Columns({ hits }: { hits: readonly ColumnHit[] }) {
  return (
    <Section title="Columns">
      <Table label="Columns" columns={OF_COLUMNS} rows={hits} rowKey={(hit) => hit.id} />
    </Section>
  );
}

function Things({ title, hits }: { title: string; hits: readonly ThingHit[] }) {
  return (
    <Section title={title}>
      <Table label={title} columns={OF_THINGS} rows={hits} rowKey={(hit) => hit.id} />
    </Section>
  );
}

const OF_COLUMNS: readonly Column<ColumnHit>[] = [
  { head: "Column", cell: (hit) => <ColumnLink column={hit} dataset={hit.dataset} /> },
  { head: "Type", width: 2, plain: true, cell: (hit) => hit.columnType },
  { head: "Dataset", width: 6, plain: true, cell: (hit) => <ThingLink thing={hit.dataset} /> },
];

const OF_THINGS: readonly Column<ThingHit>[] = [
  { head: "Name", width: 6, cell: (hit) => <ThingLink thing={hit} /> },
  { head: "Consumer", width: 2, plain: true, cell: (hit) => hit.consumer },
  { head: "Owners", cell: (hit) => <OwnerNames of={hit.owners.map((owner) => owner.name)} /> },
];
