import { Page } from "@/components/page";
import { RunList } from "@/components/run-list";

/** All runs, the latest heard of first. */
export function RunsPage() {
  return (
    <Page title="Runs">
      <RunList />
    </Page>
  );
}
