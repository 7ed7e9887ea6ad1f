/** Call what belongs to a key when it is pressed alone, outside a field; returns how to stop. */
export function onKeys(acts: Readonly<Record<string, () => void>>): () => void {
  const press = (event: KeyboardEvent) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
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

/** The field of the search and what it found, in the order in which the arrow keys go. */
const SEARCH = "search input, main [data-found] td:first-child a";

/** Let the arrow keys go down from the field of the search into what it found, and up again. */
export function arrowsFind(): () => void {
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [...document.querySelectorAll<HTMLElement>(SEARCH)];
    const now = stops.indexOf(event.target as HTMLElement);
    const next = by === undefined || now < 0 ? undefined : stops[now + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
