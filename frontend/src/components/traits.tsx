import type { ReactNode } from "react";
import styles from "./traits.module.css";

interface Traits {
  namespace: string;
  description?: string | null;
  owners: readonly { name: string; type?: string | null }[];
  tags: readonly { key: string; value: string; column?: string | null }[];
  criticality: string;
  consumer?: string | null;
}

/** What is said about a dataset or a job: words, owners, labels, how much depends on it. */
export function TraitList({ of }: { of: Traits }) {
  const labels = of.tags.filter((tag) => !tag.column && !tag.key.startsWith("headwater."));
  return (
    <>
      {of.description && <p className={styles.description}>{of.description}</p>}
      <dl className={styles.traits}>
        <Trait name="Namespace">{of.namespace}</Trait>
        <Trait name="Owners">
          {of.owners.map((owner) => owner.name).join(", ") || "nobody named"}
        </Trait>
        <Trait name="Criticality">{of.criticality.toLowerCase()}</Trait>
        {of.consumer && <Trait name="Consumer">{of.consumer}</Trait>}
        {labels.length > 0 && (
          <Trait name="Tags">{labels.map((tag) => `${tag.key}: ${tag.value}`).join(", ")}</Trait>
        )}
      </dl>
    </>
  );
}

/** One named fact of a list. */
export function Trait({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
