/** Times and spans as people read them; all in the reader's own time zone. */

const MOMENT = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** A moment, or a dash for one that is not known. */
export function moment(iso: string | null | undefined): string {
  return iso ? MOMENT.format(new Date(iso)) : "–";
}

/** The time between two moments, in the two largest units that say something. */
export function span(from: string | null | undefined, to: string | null | undefined): string {
  if (!from || !to) return "–";
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
