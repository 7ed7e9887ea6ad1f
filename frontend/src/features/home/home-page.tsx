import { useQuery } from "@tanstack/react-query";
import { Area } from "@/components/area";
import { NothingYet } from "@/components/empty";
import { Page } from "@/components/page";
import { version } from "./version";

export function HomePage() {
  return (
    <Page title="What breaks when a column changes?">
      <NothingYet />
      <Area what="the server's version" query={useQuery(version)} rows={1}>
        {(data) => <p>Headwater {data.version}</p>}
      </Area>
    </Page>
  );
}
