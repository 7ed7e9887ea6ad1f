import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Area } from "@/components/area";
import { Notice } from "@/components/notice";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { ThingLink } from "@/components/thing-link";
import type { AssumptionKind, AssumptionsQuery } from "@/gql/generated/graphql";
import { assumptions } from "./assumptions";
import styles from "./evidence-list.module.css";

const SAID: Record<AssumptionKind, string> = {
  VALUE: "it can be",
  PATTERN: "it looks like",
  BOUND: "it compares with",
  TYPE: "it converts to",
  PARTNER: "its values are those of",
};

/** What readers rely on beside the name; asked for only when somebody wants to know. */
export function Assumptions({ column }: { column: string }) {
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...assumptions(column), enabled: open });
  return (
    <Section title="What its readers assume">
      <p>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide what they assume" : "Show what they assume"}
        </button>
      </p>
      {open && (
        <Area what="what readers assume" query={query}>
          {(data) => <Found answer={data} />}
        </Area>
      )}
    </Section>
  );
}

function Found({ answer: { assumptions: told } }: { answer: AssumptionsQuery }) {
  if (!told) return null;
  if (told.found.length === 0) {
    return <p>No reader's SQL names a value, a type or a partner of it.</p>;
  }
  return (
    <>
      {told.truncated && <Notice>It has more readers; these are the first.</Notice>}
      <Table
        label="Assumptions"
        columns={COLUMNS}
        rows={told.found}
        rowKey={(_, place) => String(place)}
      />
    </>
  );
}

type Assumption = NonNullable<AssumptionsQuery["assumptions"]>["found"][number];

const COLUMNS: readonly Column<Assumption>[] = [
  { head: "What", width: 3, cell: ({ kind }) => SAID[kind] },
  { head: "Of", cell: ({ value }) => <code>{value}</code> },
  { head: "By", cell: ({ job }) => <ThingLink thing={job} plain /> },
  {
    head: "Where",
    width: 6,
    cell: ({ line, text }) => (
      <>
        line {line} <code className={styles.expression}>{text}</code>
      </>
    ),
  },
];
