import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Area } from "@/components/area";
import { NoneKnown } from "@/components/empty";
import { Name } from "@/components/name";
import { Notice } from "@/components/notice";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import { EndName } from "@/components/trail";
import type { BelievedFragment, EvidenceQuery, EvidenceTier } from "@/gql/generated/graphql";
import { moment } from "@/lib/moments";
import { evidence } from "./evidence";
import styles from "./evidence-list.module.css";

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
      <Table label="Evidence" columns={COLUMNS} rows={rows} rowKey={(_, place) => String(place)} />
    </>
  );
}

/** What makes the target, or the clause that decides about it, as the SQL writes it. */
function Quoted({ text }: { text: string }) {
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

type Belief = ReturnType<typeof beliefs>[number];

const COLUMNS: readonly Column<Belief>[] = [
  { head: "From", width: 5, cell: ({ link }) => <EndName end={link.source} /> },
  { head: "To", width: 5, cell: ({ link }) => <EndName end={link.target} /> },
  { head: "Through", width: 5, cell: ({ link }) => <ThingLink thing={link.via} plain /> },
  {
    head: "How it is known",
    cell: ({ why: { tier, status } }) =>
      status === "CURRENT" ? HOW[tier] : `${HOW[tier]}, ${status.toLowerCase()}`,
  },
  { head: "What the SQL says", cell: ({ why }) => why.quote && <Quoted text={why.quote.text} /> },
  {
    head: "Who says so",
    cell: ({ why }) => <Name of={why.producer} />,
  },
  {
    head: "Code version",
    width: 3,
    cell: ({ why }) => (why.codeVersion ? <Version of={why.codeVersion} /> : "none"),
  },
  { head: "Seen", cell: ({ why }) => `${moment(why.firstSeen)} to ${moment(why.lastSeen)}` },
];
