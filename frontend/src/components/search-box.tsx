import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef } from "react";
import styles from "./search-box.module.css";

/** The search of the top bar; `/` moves the focus into it from anywhere outside a field. */
export function SearchBox({ query }: { query: string }) {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => onSlash(() => field.current?.focus()), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/search", search: { q: field.current?.value ?? "" } });
  };
  return (
    <search>
      <form onSubmit={submit}>
        <input
          key={query}
          ref={field}
          className={styles.field}
          type="search"
          defaultValue={query}
          placeholder="Search columns, datasets, jobs   /"
          aria-label="Search columns, datasets and jobs"
        />
      </form>
    </search>
  );
}

/** Call `act` when `/` is pressed outside a field; returns how to stop. */
function onSlash(act: () => void): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.key !== "/" || isField(event.target)) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
  );
}
