/**
 * Readers of URL search parameters. A link that somebody edited or that is old must still open,
 * so what is missing or makes no sense is left out (`undefined`), never an error.
 */

/** The parsed, not yet trusted parameters of a URL. */
export type RawSearch = Record<string, unknown>;

/** A non-empty text; a number in the URL is the text that was meant. */
export function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Several texts, given once or repeatedly. */
export function texts(value: unknown): string[] | undefined {
  const found = (Array.isArray(value) ? value : [value])
    .map(text)
    .filter((one) => one !== undefined);
  return found.length > 0 ? found : undefined;
}

/** One of a closed list of words. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  value: unknown,
): Word | undefined {
  return words.find((word) => word === value);
}

/** A whole number from `least` to `most`. */
export function count(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) return undefined;
  return number >= least && number <= most ? number : undefined;
}

/** Only the parameters that are there: optional keys instead of undefined values. */
export function present<Search extends object>(search: Search): Present<Search> {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as Present<Search>;
}

/** A search whose unknown values are absent keys. */
export type Present<Search> = { [Key in keyof Search]?: Exclude<Search[Key], undefined> };
