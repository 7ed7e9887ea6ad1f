import type { ReactNode } from "react";
import { Area } from "@/components/area";
import { NoneKnown } from "@/components/empty";
import { Skeleton } from "@/components/skeleton";
import { type Column, Table } from "@/components/table";
import { type List, type listOptions, useList } from "@/gql/list";

/** Of more rows than one sees at once it is said how many there are. */
const COUNTED = 20;

interface ListAreaProps<Data, Node> {
  /** What the rows are, as it reads in "No … known". */
  what: string;
  options: ReturnType<typeof listOptions<Data, Node>>;
  columns: readonly Column<Node>[];
  rowKey?: (row: Node, place: number) => string;
  /** What is to be said of the answer, above the rows. */
  children?: (head: Data) => ReactNode;
  /** What stands here if there are none. */
  none?: ReactNode;
}

/** A list of the catalog, in every state that it can have; its pages come as they are needed. */
export function ListArea<Data, Node>({
  what,
  options,
  columns,
  rowKey = (_, place) => String(place),
  children,
  none = <NoneKnown what={what} />,
}: ListAreaProps<Data, Node>) {
  const { query, more } = useList(options);
  return (
    <Area what={what} query={query}>
      {({ head, nodes, total }: List<Data, Node>) => (
        <>
          {children?.(head)}
          {nodes.length === 0 ? (
            query.hasNextPage ? (
              <Skeleton what={what} rows={2} />
            ) : (
              none
            )
          ) : (
            <>
              {total !== undefined && total > COUNTED && (
                <p>
                  {total.toLocaleString()} {what}
                </p>
              )}
              <Table
                label={what}
                columns={columns}
                rows={nodes}
                rowKey={rowKey}
                total={total}
                more={more}
              />
            </>
          )}
        </>
      )}
    </Area>
  );
}
