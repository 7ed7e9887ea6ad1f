import type { TargetQuery } from "@/gql/generated/graphql";
import type { Change } from "@/lib/change";

/** The dataset of a change; undefined as long as it is not found. */
export type Known = TargetQuery["dataset"] | undefined;

/** What each part of a sentence is given: the change, and how to say another. */
export interface PartProps {
  change: Change;
  say: (change: Change) => void;
  known: Known;
}
