import { getRouteApi } from "@tanstack/react-router";
import { FilteredOut, NothingYet } from "@/components/empty";
import { Page } from "@/components/page";

const route = getRouteApi("/search");

export function SearchPage() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={q === undefined ? "Search" : `Search: ${q}`}>
      {q === undefined ? (
        <NothingYet />
      ) : (
        <FilteredOut filter={`“${q}”`} clear={() => void navigate({ search: {} })} />
      )}
    </Page>
  );
}
