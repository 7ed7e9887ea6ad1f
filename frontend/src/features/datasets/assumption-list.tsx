import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Area } from "@/components/area";
import { Notice } from "@/components/notice";
import { Section } from "@/components/section";
import { Table } from "@/components/table";
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
        head={["What", "Of", "By", "Where"]}
        rows={told.found}
        rowKey={(_, place) => String(place)}
      >
        {(one) => [
          SAID[one.kind],
          <code key="value">{one.value}</code>,
          <ThingLink key="job" thing={one.job} plain />,
          <span key="where">
            line {one.line} <code className={styles.expression}>{one.text}</code>
          </span>,
        ]}
      </Table>
    </>
  );
}
