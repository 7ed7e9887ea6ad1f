import type { ReactNode } from "react";
import { Copyable } from "@/components/copyable";
import styles from "./empty.module.css";

/** Nothing has been told to the server yet: how to begin. */
export function NothingYet() {
  const event = `${window.location.origin}/api/v1/lineage`;
  return (
    <Empty title="Nothing here yet">
      <p>Show a realistic company, in a catalog of its own:</p>
      <Copyable text="headwater demo" />
      <p>Or point an OpenLineage producer here:</p>
      <Copyable text={`curl -X POST ${event} -H 'content-type: application/json' -d @event.json`} />
    </Empty>
  );
}

/** There are things, but a filter hides them all: which filter, and the way back. */
export function FilteredOut({ filter, clear }: { filter: string; clear: () => void }) {
  return (
    <Empty title={`Nothing matches ${filter}`}>
      <button type="button" onClick={clear}>
        Clear
      </button>
    </Empty>
  );
}

/** Really none, as far as is known; the children say how far that is ("12 of 14 jobs parsed"). */
export function NoneKnown({ what, children }: { what: string; children?: ReactNode }) {
  return <Empty title={`No ${what} known`}>{children}</Empty>;
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}
