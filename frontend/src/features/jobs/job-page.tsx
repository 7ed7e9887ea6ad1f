import { getRouteApi } from "@tanstack/react-router";
import { NoneKnown } from "@/components/empty";
import { Page } from "@/components/page";

const route = getRouteApi("/jobs/$key");

export function JobPage() {
  const { key } = route.useParams();
  return (
    <Page kind="Job" title={key}>
      <NoneKnown what="runs" />
    </Page>
  );
}
