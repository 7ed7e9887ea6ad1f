import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Acknowledgements } from "@/components/acknowledgements";
import { Area } from "@/components/area";
import { ConsumerTable } from "@/components/consumer-list";
import { Curation } from "@/components/curation";
import { NoneKnown } from "@/components/empty";
import { Page } from "@/components/page";
import { RunTable } from "@/components/run-table";
import { Section } from "@/components/section";
import { Table } from "@/components/table";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import { TraitList } from "@/components/traits";
import { WhatIf } from "@/components/what-if";
import type { DatasetQuery, NeighboursFragment } from "@/gql/generated/graphql";
import { moment } from "@/lib/moments";
import { dataset } from "./dataset";

const route = getRouteApi("/datasets/$key");

type Known = NonNullable<DatasetQuery["dataset"]>;

export function DatasetPage() {
  const { key } = route.useParams();
  const query = useQuery(dataset(key));
  const known = query.data?.data.dataset;
  return (
    <Page
      kind={known?.type ? `Dataset · ${known.type.toLowerCase()}` : "Dataset"}
      title={known?.name ?? "Dataset"}
    >
      <Area what="the dataset" query={query} rows={16}>
        {(data) => data.dataset && <Content known={data.dataset} answer={data} />}
      </Area>
    </Page>
  );
}

function Content({ known, answer }: { known: Known; answer: DatasetQuery }) {
  return (
    <>
      <TraitList of={known} />
      <Curation of={known} />
      <p>
        <Link to="/lineage" search={{ focus: [known.id], grain: "dataset" }}>
          Lineage of this dataset
        </Link>{" "}
        · <WhatIf of={known} />
      </p>
      <Columns known={known} />
      {answer.upstream && <Neighbours title="Made from" neighbours={answer.upstream} />}
      {answer.downstream && <Neighbours title="Goes into" neighbours={answer.downstream} />}
      <Section title="Consumers">
        {answer.consumers && <ConsumerTable consumers={answer.consumers} />}
      </Section>
      <Acknowledgements of={known.acknowledgements} />
      <Section title="Runs">
        {known.runs.edges.length === 0 ? (
          <NoneKnown what="runs" />
        ) : (
          <RunTable runs={known.runs.edges.map((edge) => edge.node)} />
        )}
      </Section>
    </>
  );
}

function Columns({ known }: { known: Known }) {
  if (known.columns.length === 0) {
    return (
      <Section title="Columns">
        <NoneKnown what="columns">No schema was sent, and no lineage names any.</NoneKnown>
      </Section>
    );
  }
  const stated = known.schema.full ? "all columns" : "there may be others";
  return (
    <Section title={`Columns (${known.columns.length})`}>
      <p>
        Stated {moment(known.schema.since)}: {stated}.
      </p>
      <Table
        label="Columns"
        head={["Column", "Type", "Description", "Tags"]}
        rows={known.columns}
        rowKey={(one) => one.id}
      >
        {(one) => [
          <ColumnLink key="column" column={one} dataset={known} />,
          one.columnType ?? "",
          one.inSchema ? (one.description ?? "") : "named by lineage only",
          one.tags.map((tag) => `${tag.key}: ${tag.value}`).join(", "),
        ]}
      </Table>
    </Section>
  );
}

function Neighbours({ title, neighbours }: { title: string; neighbours: NeighboursFragment }) {
  const rows = neighbours.reached.edges.map((edge) => edge.node);
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <NoneKnown what="links" />
      ) : (
        <Table
          label={title}
          head={["Dataset or job", "Through"]}
          rows={rows}
          rowKey={(_, place) => String(place)}
        >
          {({ end, path }) => [
            "name" in end && "namespace" in end ? <ThingLink key="end" thing={end} /> : null,
            path[0] ? <ThingLink key="via" thing={path[0].via} plain /> : null,
          ]}
        </Table>
      )}
    </Section>
  );
}
