import { useNavigate, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef } from "react";
import { arrowsFind, onKeys } from "@/lib/keys";
import styles from "./search-box.module.css";

/** Milliseconds without a key after which what is typed is searched for. */
const PAUSE = 150;

/**
 * The search of the top bar. It finds while one types, each pause in the place of the one before,
 * so going back leaves the search at once; `/` moves the focus into it from outside a field, the
 * arrow keys from it to what it found.
 */
export function SearchBox({ query }: { query: string }) {
  const navigate = useNavigate();
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => onKeys({ "/": () => field.current?.focus() }), []);
  useEffect(arrowsFind, []);
  useEffect(() => () => clearTimeout(pause.current), []);
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = query;
  }, [query]);
  const find = () => {
    clearTimeout(pause.current);
    const q = field.current?.value ?? "";
    const replace = router.state.location.pathname === "/search";
    void navigate({ to: "/search", search: q ? { q } : {}, replace });
  };
  const type = () => {
    clearTimeout(pause.current);
    pause.current = setTimeout(find, PAUSE);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    field.current?.blur();
    find();
  };
  return (
    <search>
      <form onSubmit={submit}>
        <input
          ref={field}
          onInput={type}
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
