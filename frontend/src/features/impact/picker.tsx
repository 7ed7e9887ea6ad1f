import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { PickQuery } from "@/gql/generated/graphql";
import { type Change, dropped } from "@/lib/change";
import { pick } from "./impact";
import styles from "./picker.module.css";

/** Milliseconds without a key after which what is typed is looked for. */
const PAUSE = 80;

type Hit = Exclude<PickQuery["search"][number], { __typename: "Job" }>;

interface PickerProps {
  /** What is chosen to be dropped; a first thought, which can be altered. */
  choose: (change: Change) => void;
  /** Take the focus when it appears. */
  focused: boolean;
}

/** A field that finds columns and datasets while one types. */
export function Picker({ choose, focused }: PickerProps) {
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const text = usePaused(typed.trim());
  const query = useQuery({ ...pick(text), enabled: text !== "" });
  const hits =
    text === "" ? [] : (query.data?.data.search ?? []).filter((one) => one.__typename !== "Job");
  const current = Math.min(place, hits.length - 1);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  useEffect(() => {
    document.getElementById(`${list}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [list, current]);
  const take = (hit: Hit) => {
    setTyped("");
    setOpen(false);
    choose(changeOf(hit));
  };
  const press = (event: KeyboardEvent) => {
    const hit = hits[current];
    if (event.key === "ArrowDown") setPlace(Math.min(current + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setPlace(Math.max(current - 1, 0));
    else if (event.key === "Escape") setOpen(false);
    else if (event.key === "Enter" && hit) take(hit);
    else return;
    event.preventDefault();
  };
  const shown = open && text !== "" && !query.isPending;
  return (
    <div className={styles.picker}>
      <input
        ref={field}
        className={styles.field}
        role="combobox"
        aria-label="A column or dataset to change"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits[current] ? `${list}-${current}` : undefined}
        autoComplete="off"
        placeholder="Type a column or dataset …"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setPlace(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <div id={list} className={styles.list} role="listbox" aria-label="Found" hidden={!shown}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, as a combobox does
          <div
            key={hit.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(hit)}
          >
            <Option hit={hit} />
          </div>
        ))}
      </div>
      {shown && hits.length === 0 && (
        <p className={styles.none} role="status">
          No column or dataset has “{text}” in its name.
        </p>
      )}
    </div>
  );
}

function Option({ hit }: { hit: Hit }) {
  if (hit.__typename !== "Column")
    return (
      <>
        <span>
          {hit.name} <span className={styles.sort}>dataset</span>
        </span>
        <span className={styles.where}>{hit.namespace}</span>
      </>
    );
  return (
    <>
      <span>
        <b>{hit.name}</b> <span className={styles.sort}>{hit.columnType ?? ""}</span>
      </span>
      <span className={styles.where}>{hit.dataset.name}</span>
    </>
  );
}

function changeOf(hit: Hit): Change {
  return hit.__typename === "Column" ? dropped(hit.dataset, hit.name) : dropped(hit);
}

/** The value once it has rested. */
function usePaused(value: string): string {
  const [rested, rest] = useState(value);
  useEffect(() => {
    const pause = setTimeout(() => rest(value), PAUSE);
    return () => clearTimeout(pause);
  }, [value]);
  return rested;
}
