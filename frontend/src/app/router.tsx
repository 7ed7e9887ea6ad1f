import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { NotFound } from "@/app/not-found";
import { Shell } from "@/app/shell";
import { Failure } from "@/components/failure";
import { changes } from "@/lib/change";
import { count, oneOf, present, type RawSearch, text, texts } from "@/lib/search-params";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/home/home-page"), "HomePage"),
});

const KINDS = ["COLUMN", "DATASET", "JOB"] as const;

const search = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: (raw: RawSearch) =>
    present({ q: text(raw.q), type: oneOf(KINDS, raw.type), ns: text(raw.ns) }),
  component: lazyRouteComponent(() => import("@/features/search/search-page"), "SearchPage"),
});

const dataset = createRoute({
  getParentRoute: () => root,
  path: "/datasets/$key",
  validateSearch: (raw: RawSearch) => present({ column: text(raw.column) }),
  component: lazyRouteComponent(() => import("@/features/datasets/dataset-page"), "DatasetPage"),
});

const column = createRoute({
  getParentRoute: () => root,
  path: "/datasets/$key/columns/$col",
  component: lazyRouteComponent(() => import("@/features/datasets/column-page"), "ColumnPage"),
});

const job = createRoute({
  getParentRoute: () => root,
  path: "/jobs/$key",
  component: lazyRouteComponent(() => import("@/features/jobs/job-page"), "JobPage"),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: "/runs",
  component: lazyRouteComponent(() => import("@/features/runs/runs-page"), "RunsPage"),
});

const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$id",
  component: lazyRouteComponent(() => import("@/features/runs/run-page"), "RunPage"),
});

/** Hops that a link may ask for; the server has its own limit besides. */
const DEEPEST = 100;

const lineage = createRoute({
  getParentRoute: () => root,
  path: "/lineage",
  validateSearch: (raw: RawSearch) =>
    present({
      focus: texts(raw.focus),
      grain: oneOf(["column", "dataset"], raw.grain),
      up: count(raw.up, 0, DEEPEST),
      down: count(raw.down, 0, DEEPEST),
      through: text(raw.through),
      zoom: count(raw.zoom, 50, 125),
    }),
  component: lazyRouteComponent(() => import("@/features/lineage/lineage-page"), "LineagePage"),
});

/** Days for which a link may ask what nobody has read; as the server's. */
const LONGEST = 36_500;

const VERDICTS = [
  "BREAKS",
  "BLOCKED",
  "SCHEMA_CHANGES",
  "ROWS_CHANGE",
  "VALUES_CHANGE",
  "UNKNOWN",
  "UNAFFECTED",
] as const;

const impact = createRoute({
  getParentRoute: () => root,
  path: "/impact",
  validateSearch: (raw: RawSearch) =>
    present({
      change: changes(raw.change),
      verdict: oneOf(VERDICTS, raw.verdict),
      owner: text(raw.owner),
      open: text(raw.open),
    }),
  component: lazyRouteComponent(() => import("@/features/impact/impact-page"), "ImpactPage"),
});

const unused = createRoute({
  getParentRoute: () => root,
  path: "/unused",
  validateSearch: (raw: RawSearch) =>
    present({ of: text(raw.of), days: count(raw.days, 1, LONGEST) }),
  component: lazyRouteComponent(() => import("@/features/unused/unused-page"), "UnusedPage"),
});

const routes = root.addChildren([
  home,
  search,
  dataset,
  column,
  job,
  runs,
  run,
  lineage,
  impact,
  unused,
]);

/** The pages, over the browser's history or, in tests, another one. */
export function createPages(queries: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    search: { strict: true },
    scrollRestoration: true,
    defaultErrorComponent: ({ error, reset }) => (
      <Failure what="this page" error={error} retry={reset} />
    ),
    ...(history && { history }),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
