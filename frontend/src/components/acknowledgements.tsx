import { Name } from "@/components/name";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";

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
      <Table label="Accepted changes" columns={COLUMNS} rows={of} rowKey={(one) => one.change} />
    </Section>
  );
}

const COLUMNS: readonly Column<Acknowledgement>[] = [
  { head: "Change", cell: ({ change }) => <Name of={change} /> },
  { head: "By", cell: ({ by }) => by },
  { head: "Why", cell: ({ why }) => why },
  { head: "Until", cell: ({ until }) => until },
];
