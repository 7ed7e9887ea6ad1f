import { getRouteApi } from "@tanstack/react-router";
import { NoneKnown } from "@/components/empty";
import { Page } from "@/components/page";

const route = getRouteApi("/datasets/$key");

export function DatasetPage() {
  const { key } = route.useParams();
  return (
    <Page kind="Dataset" title={key}>
      <NoneKnown what="columns" />
    </Page>
  );
}
