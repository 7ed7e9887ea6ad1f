import { useQuery } from "@tanstack/react-query";
import { Area } from "@/components/area";
import { NothingYet } from "@/components/empty";
import { Page } from "@/components/page";
import type { CoverageQuery } from "@/gql/generated/graphql";
import { coverage } from "./coverage";
import styles from "./home-page.module.css";

export function HomePage() {
  return (
    <Page title="What breaks when a column changes?">
      <Area what="what the catalog knows" query={useQuery(coverage)} rows={3}>
        {(data) => <Known coverage={data.coverage} />}
      </Area>
    </Page>
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
    <dl className={styles.counts}>
      {Object.entries(counts).map(([what, number]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{number.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
