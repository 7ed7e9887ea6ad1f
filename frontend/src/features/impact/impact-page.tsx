import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Area } from "@/components/area";
import { Page } from "@/components/page";
import { RequestError } from "@/gql/execute";
import type { ImpactExampleQuery, ImpactQuery } from "@/gql/generated/graphql";
import { type List, useList } from "@/gql/list";
import { type Change, dropped, missing } from "@/lib/change";
import { present } from "@/lib/search-params";
import { Composer } from "./composer";
import { example, impact, type Row } from "./impact";
import styles from "./impact-page.module.css";
import { type Look, ReportView } from "./report";

const route = getRouteApi("/impact");

export function ImpactPage() {
  const navigate = route.useNavigate();
  const { change: changes = [] } = route.useSearch();
  const say = (to: readonly Change[]) =>
    void navigate({ search: to.length > 0 ? { change: [...to] } : {}, resetScroll: false });
  return (
    <Page kind="Impact" title="What breaks if …?">
      <Composer changes={changes} say={say} />
      {changes.length === 0 && <Teaching />}
      {changes.length > 0 && !changes.some(missing) && (
        <Judged key={JSON.stringify(changes)} changes={changes} />
      )}
    </Page>
  );
}

function Judged({ changes }: { changes: readonly Change[] }) {
  const navigate = route.useNavigate();
  const { verdict, owner, open } = route.useSearch();
  const { query, more } = useList(impact(changes));
  const look: Look = { verdict, owner, open };
  const see = (to: Partial<Look>) =>
    void navigate({
      search: (now) => present({ ...now, ...to }),
      replace: true,
      resetScroll: false,
    });
  const { error } = query;
  if (error instanceof RequestError && !error.retriable) {
    return (
      <p className={styles.refused} role="alert">
        <strong>This cannot be judged.</strong> {error.message}
      </p>
    );
  }
  return (
    <Area what="what breaks" query={query} rows={12}>
      {({ head, nodes }: List<ImpactQuery, Row>) => (
        <ReportView
          report={head.impact}
          rows={nodes}
          changes={changes}
          look={look}
          see={see}
          more={more}
        />
      )}
    </Area>
  );
}

function Teaching() {
  return (
    <div className={styles.teaching}>
      <p>
        Choose a column or a dataset, and say what is to become of it. Everything that the catalog
        has seen is judged against it: models of other repositories, jobs of other engines,
        dashboards, agents. What breaks stands first, with the line of SQL that fails and who is to
        ask.
      </p>
      <Area what="an example" query={useQuery(example)} rows={1}>
        {(data) => <Example answer={data} />}
      </Area>
    </div>
  );
}

function Example({ answer }: { answer: ImpactExampleQuery }) {
  const inputs = answer.runs.edges.flatMap((edge) => edge.node.inputs);
  const found = inputs.find((one) => one.dataset.columns.length > 0)?.dataset;
  const column = found?.columns[0]?.name;
  if (!found || column === undefined) return null;
  return (
    <p>
      For example:{" "}
      <Link to="/impact" search={{ change: [dropped(found, column)] }}>
        what breaks if {column} of {found.name} is dropped?
      </Link>
    </p>
  );
}
