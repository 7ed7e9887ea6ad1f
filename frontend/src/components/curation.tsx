import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { ConsumerSort, Criticality } from "@/gql/generated/graphql";
import { curate, type Words } from "./curate";
import styles from "./curation.module.css";

interface Curated {
  id: string;
  owners: readonly { name: string }[];
  criticality: Criticality;
  consumer?: string | null;
}

const CRITICALITIES: readonly Criticality[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];
const SORTS: readonly ConsumerSort[] = [
  "NONE",
  "DASHBOARD",
  "REPORT",
  "MODEL",
  "NOTEBOOK",
  "EXPORT",
  "AGENT",
];
const NAME = "headwater.by";

/** A form to say who owns a thing, how much depends on it, and whether it is a consumer. */
export function Curation({ of }: { of: Curated }) {
  const queries = useQueryClient();
  const saying = useMutation({
    mutationFn: ({ by, words }: { by: string; words: Words }) => curate(of.id, by, words),
    onSettled: () => queries.invalidateQueries(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const by = text(form, "by");
    localStorage.setItem(NAME, by);
    saying.mutate({ by, words: changed(of, form) });
  };
  return (
    <details className={styles.curation}>
      <summary>Say otherwise</summary>
      <form onSubmit={submit} key={JSON.stringify(of)}>
        <label>
          Owners, by comma
          <input name="owners" defaultValue={of.owners.map((one) => one.name).join(", ")} />
        </label>
        <Choice
          label="Criticality"
          name="criticality"
          among={CRITICALITIES}
          chosen={of.criticality}
        />
        <Choice label="Consumer" name="sort" among={SORTS} chosen={sortOf(of)} />
        <label>
          Your name
          <input name="by" required defaultValue={localStorage.getItem(NAME) ?? ""} />
        </label>
        <button type="submit" disabled={saying.isPending}>
          Save
        </button>
        {saying.isError && <p role="alert">{saying.error.message}</p>}
        {saying.isSuccess && <p role="status">Saved. It counts over what producers say.</p>}
      </form>
    </details>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  among: readonly string[];
  chosen: string;
}

function Choice({ label, name, among, chosen }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={chosen}>
        {among.map((one) => (
          <option key={one} value={one}>
            {one.toLowerCase()}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Only what differs from what is shown is said. */
function changed(of: Curated, form: FormData): Words {
  const owners = text(form, "owners")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  const criticality = CRITICALITIES.find((one) => one === form.get("criticality"));
  const sort = SORTS.find((one) => one === form.get("sort"));
  const same = owners.join("\n") === of.owners.map((one) => one.name).join("\n");
  return {
    ...(same ? {} : { owners }),
    ...(criticality && criticality !== of.criticality ? { criticality } : {}),
    ...(sort && sort !== sortOf(of) ? { sort } : {}),
  };
}

function sortOf(of: Curated): ConsumerSort {
  return SORTS.find((one) => one === of.consumer?.toUpperCase()) ?? "NONE";
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
