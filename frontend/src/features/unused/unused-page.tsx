import { getRouteApi, Link } from "@tanstack/react-router";
import { ListArea } from "@/components/list-area";
import { OwnerNames } from "@/components/owner-names";
import { Page } from "@/components/page";
import type { Column } from "@/components/table";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import { WhatIf } from "@/components/what-if";
import type { Doubt } from "@/gql/generated/graphql";
import { moment } from "@/lib/moments";
import { present } from "@/lib/search-params";
import { type Unused, unused } from "./unused";

const route = getRouteApi("/unused");

/** How long nobody has read a thing, if the address does not say. */
const DAYS = 90;
const CHOICES = [7, 30, 90, 180, 365];

/** What could be dropped, with what speaks against it. */
export function UnusedPage() {
  const navigate = route.useNavigate();
  const { of, days = DAYS } = route.useSearch();
  const wait = (chosen: number) =>
    void navigate({
      search: (now) => present({ ...now, days: chosen === DAYS ? undefined : chosen }),
      replace: true,
    });
  return (
    <Page kind="Unused" title="What is safe to drop?">
      <p>
        {of === undefined ? "Datasets and columns" : "What of one dataset"} that nobody has read for{" "}
        <select
          aria-label="Days"
          value={days}
          onChange={(event) => wait(Number(event.target.value))}
        >
          {[...new Set([...CHOICES, days])]
            .sort((one, other) => one - other)
            .map((one) => (
              <option key={one} value={one}>
                {one} days
              </option>
            ))}
        </select>
        {of !== undefined && (
          <>
            {" "}
            · <Link to="/unused">All datasets</Link>
          </>
        )}
      </p>
      <p>
        Who sends no events is not seen. What stands under <em>But</em> speaks against dropping it;
        ask what breaks before you do.
      </p>
      <ListArea
        what="unused things"
        options={unused(of, days)}
        columns={COLUMNS}
        none={<p>Everything was read within that time.</p>}
      />
    </Page>
  );
}

const BUT: Record<Doubt, string> = {
  NEW: "known for less time than that",
  UNWRITTEN: "nobody is known to write it",
  TESTED: "a test checks it",
  UNBOUND: "SQL that reads the dataset could not be read whole",
};

const COLUMNS: readonly Column<Unused>[] = [
  { head: "Dataset", width: 7, cell: ({ dataset }) => <ThingLink thing={dataset} /> },
  {
    head: "Column",
    cell: ({ dataset, column }) =>
      column ? <ColumnLink column={column} dataset={dataset} /> : <em>all of it</em>,
  },
  {
    head: "Last read",
    width: 5,
    cell: ({ read, by }) => (
      <>
        {read ? moment(read) : "never"}
        {by && (
          <>
            {" "}
            by <ThingLink thing={by} plain />
          </>
        )}
      </>
    ),
  },
  { head: "But", width: 5, cell: ({ doubts }) => doubts.map((one) => BUT[one]).join("; ") },
  {
    head: "Owners",
    width: 5,
    cell: ({ dataset }) => <OwnerNames of={dataset.owners.map((owner) => owner.name)} />,
  },
  {
    head: "Before you do",
    width: 3,
    plain: true,
    cell: ({ dataset, column }) => (
      <WhatIf of={dataset} {...(column && { column: column.name })} said="what breaks?" />
    ),
  },
];
