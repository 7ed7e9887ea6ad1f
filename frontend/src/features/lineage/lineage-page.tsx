import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Area } from "@/components/area";
import { NoneKnown } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { Section } from "@/components/section";
import { Trail } from "@/components/trail";
import { WhatIf } from "@/components/what-if";
import type { LineageQuery, TrailEndFragment } from "@/gql/generated/graphql";
import { present } from "@/lib/search-params";
import { graphOf, isPart, nearest } from "./graph";
import { lineage } from "./lineage";
import { type Look, Picture } from "./picture";

const route = getRouteApi("/lineage");

/** More cards than this no picture shows well; the lists below hold the whole answer. */
const MOST_CARDS = 150;

export function LineagePage() {
  const { focus } = route.useSearch();
  if (focus !== undefined) return <LineageOf focus={focus} />;
  return (
    <Page title="Lineage">
      <p>
        Lineage begins at a column or dataset. <Link to="/search">Search</Link> for one.
      </p>
    </Page>
  );
}

function LineageOf({ focus }: { focus: readonly string[] }) {
  const { grain, up, down } = route.useSearch();
  const wanted = grain === "dataset" ? "DATASET" : "COLUMN";
  const upstream = useQuery({
    ...lineage(focus, "UPSTREAM", wanted, up ?? null),
    enabled: up !== 0,
  });
  const downstream = useQuery({
    ...lineage(focus, "DOWNSTREAM", wanted, down ?? null),
    enabled: down !== 0,
  });
  const above = upstream.data?.data.lineage;
  const below = downstream.data?.data.lineage;
  const answers = useMemo(
    () => [above, below].filter((answer) => answer !== undefined),
    [above, below],
  );
  const trail = { of: focus, grain: wanted } as const;
  const first = up === 0 ? downstream : upstream;
  const waiting = (up !== 0 && upstream.isPending) || (down !== 0 && downstream.isPending);
  return (
    <Page kind="Lineage" title={titleOf(answers[0]?.roots)}>
      <Asking root={answers[0]?.roots[0]} />
      <Area what="the lineage" query={first} rows={16}>
        {() => (waiting ? <p>Looking the other way too …</p> : <Drawing answers={answers} />)}
      </Area>
      {up !== 0 && (
        <Section title="Where it comes from">
          <Trail {...trail} direction="UPSTREAM" depth={up ?? null} what="sources" />
        </Section>
      )}
      {down !== 0 && (
        <Section title="Where it goes">
          <Trail {...trail} direction="DOWNSTREAM" depth={down ?? null} what="uses" />
        </Section>
      )}
    </Page>
  );
}

function Drawing({ answers }: { answers: readonly LineageQuery["lineage"][] }) {
  const navigate = route.useNavigate();
  const { through, zoom } = route.useSearch();
  const look = { through, zoom: (zoom ?? 100) / 100 };
  const setLook = (to: Look) => {
    const size = Math.round(to.zoom * 100);
    const search = { through: to.through, zoom: size === 100 ? undefined : size };
    void navigate({
      search: (now) => present({ ...now, ...search }),
      replace: true,
      resetScroll: false,
    });
  };
  const graph = useMemo(() => graphOf(answers), [answers]);
  const shown = useMemo(() => nearest(graph, MOST_CARDS), [graph]);
  const total = answers.some(isPart) ? all(answers) : graph.cards.length;
  if (graph.lines.length === 0) return <NoneKnown what="links" />;
  return (
    <>
      {shown.cards.length < total && (
        <Notice>
          Showing {shown.cards.length} of {total.toLocaleString()} datasets and jobs, the nearest;
          the lists below hold all.
        </Notice>
      )}
      {shown.cards.length === total && answers.some(isPart) && (
        <Notice>
          There is more than one picture holds: links and ends far away are not drawn.
        </Notice>
      )}
      <Picture graph={shown} look={look} setLook={setLook} />
    </>
  );
}

/** How many datasets and jobs there are in all, those on no page yet among them. */
function all(answers: readonly LineageQuery["lineage"][]): number {
  const focus = 1;
  return answers.reduce((sum, { totals }) => sum + totals.datasets + totals.jobs, focus);
}

/** The way from a single column or dataset to what breaks if it goes. */
function Asking({ root }: { root: TrailEndFragment | undefined }) {
  if (root?.__typename !== "Column" && root?.__typename !== "Dataset") return null;
  return (
    <p>
      {root.__typename === "Column" ? (
        <WhatIf of={root.dataset} column={root.name} />
      ) : (
        <WhatIf of={root} />
      )}
    </p>
  );
}

function titleOf(roots: readonly TrailEndFragment[] | undefined): string {
  const root = roots?.[0];
  if (!root) return "Lineage";
  if (root.__typename === "Column" && roots.length === 1)
    return `${root.dataset.name} · ${root.name}`;
  return "dataset" in root ? root.dataset.name : root.name;
}
