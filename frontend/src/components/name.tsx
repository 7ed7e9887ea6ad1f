import { Fragment } from "react";

/** A name that may be long: lines break behind what parts it, not inside its words. */
export function Name({ of }: { of: string }) {
  return of.split(/(?<=[._/:,])/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
