import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Answer } from "@/gql/execute";

/** A page of a longer list. */
interface Connection<Node> {
  totalCount?: number | null;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  edges: readonly { node: Node }[];
}

/** What is there of a list that comes page by page. */
export interface List<Data, Node> {
  /** The answer with the first page. */
  head: Data;
  nodes: readonly Node[];
  /** How many there are in all; undefined where the server does not count. */
  total: number | undefined;
}

/** How many come with the first page, and with the others, when somebody looks for them. */
const FIRST = 200;
const REST = 1000;

interface Asking<Data, Node> {
  queryKey: readonly unknown[];
  /** Ask for the first so many that come behind a cursor. */
  ask: (
    page: { first: number; after: string | null },
    signal: AbortSignal,
  ) => Promise<Answer<Data>>;
  /** Where in an answer the list is; null where it is missing. */
  list: (data: Data) => Connection<Node> | null | undefined;
}

/** How to ask for a list page by page; what has come is given as one answer. */
export function listOptions<Data, Node>({ queryKey, ask, list }: Asking<Data, Node>) {
  return infiniteQueryOptions({
    queryKey: ["list", ...queryKey],
    queryFn: ({ pageParam: after, signal }) =>
      ask({ first: after === null ? FIRST : REST, after }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ data }) => {
      const info = list(data)?.pageInfo;
      return info?.hasNextPage ? (info.endCursor ?? null) : null;
    },
    select: ({ pages }): Answer<List<Data, Node>> | undefined => {
      const [first] = pages;
      return (
        first && {
          data: {
            head: first.data,
            nodes: pages.flatMap(({ data }) => list(data)?.edges.map((edge) => edge.node) ?? []),
            total: list(first.data)?.totalCount ?? undefined,
          },
          problems: pages.flatMap((page) => page.problems),
        }
      );
    },
  });
}

/** What has come of a list, and how to ask for its next page, where that is possible now. */
export function useList<Data, Node>(options: ReturnType<typeof listOptions<Data, Node>>) {
  const query = useInfiniteQuery(options);
  const { fetchNextPage } = query;
  const mayAsk = query.hasNextPage && !query.isFetching && !query.isError;
  const isEmpty = query.data?.data.nodes.length === 0; // so far: the next page may have some
  useEffect(() => {
    if (isEmpty && mayAsk) void fetchNextPage();
  }, [isEmpty, mayAsk, fetchNextPage]);
  return { query, more: mayAsk ? () => void fetchNextPage() : undefined };
}
