import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Area } from "@/components/area";
import { ConsumerList } from "@/components/consumer-list";
import { Page } from "@/components/page";
import { Section } from "@/components/section";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import { Trail } from "@/components/trail";
import { Trait } from "@/components/traits";
import { WhatIf } from "@/components/what-if";
import type { ColumnQuery } from "@/gql/generated/graphql";
import { Assumptions } from "./assumption-list";
import styles from "./column-page.module.css";
import { column } from "./dataset";
import { Evidence } from "./evidence-list";

const route = getRouteApi("/datasets/$key/columns/$col");

export function ColumnPage() {
  const { col } = route.useParams();
  const query = useQuery(column(col));
  return (
    <Page kind="Column" title={query.data?.data.column?.name ?? "Column"}>
      <Area what="the column" query={query} rows={16}>
        {(data) => <Content answer={data} />}
      </Area>
    </Page>
  );
}

function Content({ answer: { column: known } }: { answer: ColumnQuery }) {
  if (!known) return null;
  const owners = known.dataset.owners.map((owner) => owner.name).join(", ");
  const whole = { of: [known.id], grain: "COLUMN", depth: null } as const;
  return (
    <>
      <dl className={styles.facts}>
        <Trait name="Dataset">
          <ThingLink thing={known.dataset} />
        </Trait>
        <Trait name="Type">{known.columnType ?? "not told"}</Trait>
        <Trait name="Owners of the dataset">{owners || "nobody named"}</Trait>
        {known.tags.length > 0 && (
          <Trait name="Tags">
            {known.tags.map((tag) => `${tag.key}: ${tag.value}`).join(", ")}
          </Trait>
        )}
        {known.inheritedTags.length > 0 && (
          <Trait name="Tags that come with its values">
            {known.inheritedTags.map(({ tag, source }) => (
              <span key={`${tag.key} ${tag.value}`}>
                {tag.key}: {tag.value}, of <ColumnLink column={source} dataset={source.dataset} />{" "}
                in {source.dataset.name}{" "}
              </span>
            ))}
          </Trait>
        )}
      </dl>
      {known.description && <p>{known.description}</p>}
      {!known.inSchema && <p>Named by lineage only: the schema in force does not have it.</p>}
      <p>
        <Link to="/lineage" search={{ focus: [known.id] }}>
          Lineage of this column
        </Link>{" "}
        · <WhatIf of={known.dataset} column={known.name} />
      </p>
      <Section title="Where it comes from">
        <Trail {...whole} direction="UPSTREAM" what="sources" />
      </Section>
      <Section title="Where it goes">
        <Trail {...whole} direction="DOWNSTREAM" what="uses" />
      </Section>
      <Section title="Consumers">
        <ConsumerList of={known.id} />
      </Section>
      <Evidence column={known.id} />
      <Assumptions column={known.id} />
    </>
  );
}
