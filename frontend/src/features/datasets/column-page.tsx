import { getRouteApi, Link } from "@tanstack/react-router";
import { NoneKnown } from "@/components/empty";
import { Page } from "@/components/page";

const route = getRouteApi("/datasets/$key/columns/$col");

export function ColumnPage() {
  const { key, col } = route.useParams();
  return (
    <Page kind="Column" title={col}>
      <p>
        of{" "}
        <Link to="/datasets/$key" params={{ key }}>
          its dataset
        </Link>
      </p>
      <NoneKnown what="sources" />
    </Page>
  );
}
