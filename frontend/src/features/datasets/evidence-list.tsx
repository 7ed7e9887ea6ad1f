import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Area } from "@/components/area";
import { NoneKnown } from "@/components/empty";
import { Notice } from "@/components/notice";
import { Section } from "@/components/section";
import { Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { EndName } from "@/components/trail";
import type { BelievedFragment, EvidenceQuery, EvidenceTier } from "@/gql/generated/graphql";
import { moment } from "@/lib/moments";
import { evidence } from "./evidence";
import styles from "./evidence-list.module.css";

const HEAD = [
  "From",
  "To",
  "Through",
  "How it is known",
  "Expression",
  "Who says so",
  "Code version",
  "Seen",
];

const HOW: Record<EvidenceTier, string> = {
  EXPLICIT: "told by a lineage facet",
  PARSED: "read from the SQL",
  FACET: "told by a column lineage facet",
  DECLARED: "declared",
  INFERRED: "inferred from inputs and outputs",
};

/** Why the links beside a column are believed; asked for only when somebody wants to know. */
export function Evidence({ column }: { column: string }) {
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...evidence(column), enabled: open });
  return (
    <Section title="Evidence of the links beside it">
      <p>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the evidence" : "Show the evidence"}
        </button>
      </p>
      {open && (
        <Area what="the evidence" query={query}>
          {(data) => <Found answer={data} />}
        </Area>
      )}
    </Section>
  );
}

function Found({ answer: { into, outOf } }: { answer: EvidenceQuery }) {
  const rows = [...beliefs(into), ...beliefs(outOf)];
  if (rows.length === 0) return <NoneKnown what="links" />;
  return (
    <>
      {(into.links.pageInfo.hasNextPage || outOf.links.pageInfo.hasNextPage) && (
        <Notice>There are more links; these are the first.</Notice>
      )}
      <Table label="Evidence" head={HEAD} rows={rows} rowKey={(_, place) => String(place)}>
        {({ link, why }) => [
          <EndName key="from" end={link.source} />,
          <EndName key="to" end={link.target} />,
          <ThingLink key="via" thing={link.via} plain />,
          why.status === "CURRENT"
            ? HOW[why.tier]
            : `${HOW[why.tier]}, ${why.status.toLowerCase()}`,
          why.quote ? <Expression key="quote" text={why.quote.text} /> : "",
          <span key="producer" className={styles.producer}>
            {why.producer}
          </span>,
          why.codeVersion ? <Version key="version" of={why.codeVersion} /> : "none",
          `${moment(why.firstSeen)} to ${moment(why.lastSeen)}`,
        ]}
      </Table>
    </>
  );
}

/** What makes the target, as the SQL writes it. */
function Expression({ text }: { text: string }) {
  return <code className={styles.expression}>{text}</code>;
}

/** Enough of a code version to tell it from the others; the whole of it where the mouse rests. */
function Version({ of }: { of: string }) {
  return <code title={of}>{of.slice(0, "location:".length + 8)}</code>;
}

/** One row for each piece of evidence, with the link that it speaks for. */
function beliefs({ links }: BelievedFragment) {
  return links.edges.flatMap(({ node: link }) => link.evidence.map((why) => ({ link, why })));
}
