import { Fragment } from "react";
import { Name } from "@/components/name";
import styles from "./owner-names.module.css";

/** Those who answer for a thing, in the order in which they are told; nothing if nobody does. */
export function OwnerNames({ of }: { of: readonly string[] }) {
  return of.map((name, place) => (
    <Fragment key={name}>
      <span className={styles.owner}>
        <Name of={name} />
        {place < of.length - 1 && ","}
      </span>{" "}
    </Fragment>
  ));
}
