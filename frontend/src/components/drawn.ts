import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";

/** Up to so many rows are drawn, whether they are in sight or not. */
const ALL_DRAWN = 50;
/** Pixels of a row that was not drawn yet. */
const GUESSED = 52;
/** Rows that are drawn beyond either edge of the frame. */
const BEYOND = 12;

/** Which rows of a long list are drawn, and how much room the others take. */
export interface Drawn {
  places: readonly number[];
  /** The list scrolls inside its frame. */
  scrolls: boolean;
  before: number;
  after: number;
  /** To be the `ref` of each row, which has its place as `data-index`. */
  measure: ((row: Element | null) => void) | undefined;
  /** Bring a row into sight. */
  show: (place: number) => void;
}

/** Draw of many rows those that are in sight in the frame, and ask for more near their end. */
export function useDrawn(
  count: number,
  frame: RefObject<HTMLElement | null>,
  more?: () => void,
): Drawn {
  const scrolls = count > ALL_DRAWN;
  const virtual = useVirtualizer({
    count,
    enabled: scrolls,
    getScrollElement: () => frame.current,
    estimateSize: () => GUESSED,
    overscan: BEYOND,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const last = scrolls ? (items.at(-1)?.index ?? 0) : count - 1;
  useEffect(() => {
    if (last >= count - 1) more?.();
  }, [last, count, more]);
  if (!scrolls) {
    const places = Array.from({ length: count }, (_, place) => place);
    return { places, scrolls, before: 0, after: 0, measure: undefined, show: () => undefined };
  }
  return {
    places: items.map((item) => item.index),
    scrolls,
    before: items[0]?.start ?? 0,
    after: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtual.measureElement,
    show: (place) => virtual.scrollToIndex(place, { align: "auto" }),
  };
}
