import { getRouteApi, Link } from "@tanstack/react-router";
import { NoneKnown } from "@/components/empty";
import { Page } from "@/components/page";

const route = getRouteApi("/lineage");

export function LineagePage() {
  const { focus } = route.useSearch();
  return (
    <Page title="Lineage">
      {focus === undefined ? (
        <p>
          Lineage begins at a column or dataset. <Link to="/search">Search</Link> for one.
        </p>
      ) : (
        <NoneKnown what="lineage" />
      )}
    </Page>
  );
}
