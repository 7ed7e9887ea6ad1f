import { CatchBoundary } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Failure } from "@/components/failure";
import { Notice } from "@/components/notice";
import { Skeleton } from "@/components/skeleton";
import { type Answer, RequestError } from "@/gql/execute";
import styles from "./area.module.css";

/** What an area has to know of a query, of one page or of many. */
interface Asked<Data> {
  data: Answer<Data> | undefined;
  error: Error | null;
  isPending: boolean;
  isFetching: boolean;
  isError: boolean;
  dataUpdatedAt: number;
  refetch: () => Promise<unknown>;
}

interface AreaProps<Data> {
  /** What stands here, as it reads in "could not load …". */
  what: string;
  query: Asked<Data>;
  /** How many rows of text the content will have, so that nothing jumps when it comes. */
  rows?: number;
  children: (data: Data) => ReactNode;
}

/**
 * A part of a page that shows one answer, in every state that it can have: on its way, here, here
 * and being renewed, with parts missing, failed. A failure stays inside it.
 */
export function Area<Data>({ what, query, rows = 4, children }: AreaProps<Data>) {
  const retry = () => void query.refetch();
  if (query.isPending) return <Skeleton what={what} rows={rows} />;
  if (query.data === undefined) return <Failure what={what} error={query.error} retry={retry} />;
  const { data, problems } = query.data;
  const [first] = problems;
  if (first && isEmpty(data)) {
    const error = new RequestError(first.message, undefined, first.retriable);
    return <Failure what={what} error={error} retry={retry} />;
  }
  return (
    <section className={styles.area} aria-label={what} aria-busy={query.isFetching}>
      {query.isFetching && <div className={styles.renewing} />}
      {query.isError && <Failure what={what} error={query.error} retry={retry} />}
      {problems.length > 0 && (
        <Notice>
          Parts are missing:{" "}
          {problems.map((one) => `${one.path.join(".")}: ${one.message}`).join("; ")}
        </Notice>
      )}
      <CatchBoundary
        getResetKey={() => query.dataUpdatedAt}
        errorComponent={({ error }) => <Failure what={what} error={error} retry={retry} />}
      >
        <Drawn draw={children} data={data} />
      </CatchBoundary>
    </section>
  );
}

/** Every part failed: there is nothing to show beside what went wrong. */
function isEmpty(data: unknown): boolean {
  return Object.values(data ?? {}).every((part) => part === null);
}

/** The content as a component of its own, so that the boundary above catches what it throws. */
function Drawn<Data>({ draw, data }: { draw: (data: Data) => ReactNode; data: Data }) {
  return draw(data);
}
