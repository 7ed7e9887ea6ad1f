import { NoneKnown } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { graphql } from "@/gql/generated";
import type { ConsumerListFragment } from "@/gql/generated/graphql";

graphql(`
  fragment ConsumerList on Consumers {
    truncated
    found {
      mark
      depth
      criticality
      thing {
        __typename
        id
        name
        namespace
        owners {
          name
        }
      }
    }
  }
`);

/** Who uses it in the end, marked consumers first. */
export function ConsumerTable({ consumers }: { consumers: ConsumerListFragment }) {
  if (consumers.found.length === 0) return <NoneKnown what="consumers downstream" />;
  return (
    <>
      {consumers.truncated && <Notice>A limit left some out.</Notice>}
      <Table
        label="Consumers"
        head={["Consumer", "What it is", "Criticality", "Owners", "Hops"]}
        rows={consumers.found}
        rowKey={(one) => one.thing.id}
      >
        {(one) => [
          <ThingLink key="thing" thing={one.thing} />,
          one.mark ?? "reader",
          one.criticality.toLowerCase(),
          one.thing.owners.map((owner) => owner.name).join(", "),
          one.depth,
        ]}
      </Table>
    </>
  );
}
