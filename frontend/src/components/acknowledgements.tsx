import { Section } from "@/components/section";
import { Table } from "@/components/table";

interface Acknowledgement {
  change: string;
  by: string;
  why: string;
  until: string;
}

/** What somebody accepts of changes upstream; nothing where nothing is accepted. */
export function Acknowledgements({ of }: { of: readonly Acknowledgement[] }) {
  if (of.length === 0) return null;
  return (
    <Section title="Accepted changes">
      <Table
        label="Accepted changes"
        head={["Change", "By", "Why", "Until"]}
        rows={of}
        rowKey={(one) => one.change}
      >
        {(one) => [one.change, one.by, one.why, one.until]}
      </Table>
    </Section>
  );
}
