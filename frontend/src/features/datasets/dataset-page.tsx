import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Acknowledgements } from "@/components/acknowledgements";
import { Area } from "@/components/area";
import { ConsumerList } from "@/components/consumer-list";
import { Curation } from "@/components/curation";
import { Page } from "@/components/page";
import { RunList } from "@/components/run-list";
import { Section } from "@/components/section";
import { Trail } from "@/components/trail";
import { TraitList } from "@/components/traits";
import { WhatIf } from "@/components/what-if";
import type { DatasetQuery } from "@/gql/generated/graphql";
import { Columns } from "./column-list";
import { dataset } from "./dataset";

const route = getRouteApi("/datasets/$key");

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
        {(data) => data.dataset && <Content known={data.dataset} />}
      </Area>
    </Page>
  );
}

function Content({ known }: { known: NonNullable<DatasetQuery["dataset"]> }) {
  const beside = { of: [known.id], grain: "DATASET", depth: 1 } as const;
  return (
    <>
      <TraitList of={known} />
      <Curation of={known} />
      <p>
        <Link to="/lineage" search={{ focus: [known.id], grain: "dataset" }}>
          Lineage of this dataset
        </Link>{" "}
        · <WhatIf of={known} /> ·{" "}
        <Link to="/unused" search={{ of: known.id }}>
          What nobody reads of it
        </Link>
      </p>
      <Columns known={known} />
      <Section title="Made from">
        <Trail {...beside} direction="UPSTREAM" what="sources" />
      </Section>
      <Section title="Goes into">
        <Trail {...beside} direction="DOWNSTREAM" what="uses" />
      </Section>
      <Section title="Consumers">
        <ConsumerList of={known.id} />
      </Section>
      <Acknowledgements of={known.acknowledgements} />
      <Section title="Runs">
        <RunList of={known.id} />
      </Section>
    </>
  );
}
