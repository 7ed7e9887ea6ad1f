import { useEffect, useMemo, useRef } from "react";
import { Scroll } from "@/components/scroll";
import { ColumnLink, ThingLink } from "@/components/thing-link";
import { type Graph, type Line, type Row, through } from "./graph";
import { CARD_WIDTH, HEAD_HEIGHT, layout, type Placed, ROW_HEIGHT } from "./layout";
import styles from "./picture.module.css";

const MARGIN = 32;
/** What the frame adds around its content: two borders and a scroll bar. */
const BORDERS = 20;
const ZOOMS = [0.5, 0.7, 0.85, 1, 1.25];

/** How a picture is looked at: whose paths alone are lit, and its size (1 is as drawn). */
export interface Look {
  through: string | undefined;
  zoom: number;
}

interface PictureProps {
  graph: Graph;
  look: Look;
  setLook: (look: Look) => void;
}

/** The picture of a graph: it opens on the focus, at a size that can be read, and scrolls. */
export function Picture({ graph, look, setLook }: PictureProps) {
  const placed = useMemo(() => layout(graph), [graph]);
  const { through: pinned, zoom } = look;
  const setPinned = (through: string | undefined) => setLook({ ...look, through });
  const setZoom = (size: number) => setLook({ ...look, zoom: size });
  const lit = useMemo(() => (pinned ? through(graph, pinned) : undefined), [graph, pinned]);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => showFocus(frame.current, placed), [placed]);
  const width = Math.max(...placed.map((one) => one.x)) + CARD_WIDTH + 2 * MARGIN;
  const height = Math.max(...placed.map((one) => one.y + one.height)) + 2 * MARGIN;
  return (
    <>
      <Tools zoom={zoom} setZoom={setZoom} pinned={pinned} unpin={() => setPinned(undefined)} />
      <Scroll
        ref={frame}
        className={styles.frame}
        style={{ height: height * zoom + BORDERS }}
        label="Lineage picture"
      >
        <div style={{ width: width * zoom, height: height * zoom }}>
          <div className={styles.canvas} style={{ width, height, transform: `scale(${zoom})` }}>
            <Lines graph={graph} placed={placed} lit={lit} width={width} height={height} />
            {placed.map((one) => (
              <CardBox key={one.card.key} placed={one} lit={lit} pinned={pinned} pin={setPinned} />
            ))}
          </div>
        </div>
      </Scroll>
    </>
  );
}

/** Bring the focus to where its lineage fits best beside it. */
function showFocus(frame: HTMLElement | null, placed: readonly Placed[]) {
  const focus = placed.find((one) => one.card.focus) ?? placed[0];
  if (!(frame && focus)) return;
  frame.scrollLeft = focus.x + MARGIN - (frame.clientWidth - CARD_WIDTH) / 2;
  frame.scrollTop = focus.y + MARGIN - (frame.clientHeight - focus.height) / 2;
}

interface ToolsProps {
  zoom: number;
  setZoom: (zoom: number) => void;
  pinned: string | undefined;
  unpin: () => void;
}

function Tools({ zoom, setZoom, pinned, unpin }: ToolsProps) {
  const smaller = ZOOMS.findLast((one) => one < zoom);
  const larger = ZOOMS.find((one) => one > zoom);
  return (
    <div className={styles.tools}>
      <button type="button" disabled={!smaller} onClick={() => smaller && setZoom(smaller)}>
        <span aria-hidden="true">−</span> Smaller
      </button>
      <button type="button" disabled={!larger} onClick={() => larger && setZoom(larger)}>
        <span aria-hidden="true">+</span> Larger
      </button>
      <button type="button" disabled={!pinned} onClick={unpin}>
        Show all paths
      </button>
      <Legend />
    </div>
  );
}

function Legend() {
  const looks = { direct: "the value", indirect: "decides (join, filter …)", whole: "inferred" };
  return (
    <ul className={styles.legend} aria-label="Legend">
      {Object.entries(looks).map(([look, words]) => (
        <li key={look}>
          <svg width="28" height="8" aria-hidden="true">
            <path d="M0 4H28" className={`${styles.line} ${styles[look]}`} />
          </svg>{" "}
          {words}
        </li>
      ))}
    </ul>
  );
}

interface LinesProps {
  graph: Graph;
  placed: readonly Placed[];
  lit: ReadonlySet<Line> | undefined;
  width: number;
  height: number;
}

function Lines({ graph, placed, lit, width, height }: LinesProps) {
  const ports = useMemo(() => portsOf(placed), [placed]);
  return (
    <svg className={styles.lines} width={width} height={height} aria-hidden="true">
      {graph.lines.map((line) => {
        const from = ports.get(line.from) ?? ports.get(line.fromCard);
        const to = ports.get(line.to) ?? ports.get(line.toCard);
        if (!(from && to)) return null;
        const look = lit === undefined ? "" : lit.has(line) ? styles.lit : styles.dim;
        const [x1, x2] = [from.x + CARD_WIDTH, to.x];
        const bend = Math.max(40, Math.abs(x2 - x1) / 2);
        return (
          <path
            key={`${line.from} ${line.to}`}
            className={`${styles.line} ${styles[line.look]} ${look}`}
            d={`M${x1} ${from.y} C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`}
          />
        );
      })}
    </svg>
  );
}

/** Where lines begin and end: at a row's middle, or at the head of a card without that row. */
function portsOf(placed: readonly Placed[]): Map<string, { x: number; y: number }> {
  const ports = new Map<string, { x: number; y: number }>();
  for (const { card, x, y } of placed) {
    const left = x + MARGIN;
    ports.set(card.key, { x: left, y: y + MARGIN + HEAD_HEIGHT / 2 });
    for (const [place, row] of card.rows.entries()) {
      ports.set(row.key, { x: left, y: y + MARGIN + HEAD_HEIGHT + (place + 0.5) * ROW_HEIGHT });
    }
  }
  return ports;
}

interface CardBoxProps {
  placed: Placed;
  lit: ReadonlySet<Line> | undefined;
  pinned: string | undefined;
  pin: (row: string) => void;
}

function CardBox({ placed: { card, x, y, height }, lit, pinned, pin }: CardBoxProps) {
  const touched = (key: string) =>
    lit === undefined ||
    key === pinned ||
    [...lit].some((line) => line.from === key || line.to === key);
  const alive = touched(card.key) || card.rows.some((row) => touched(row.key));
  return (
    <div
      className={`${styles.card} ${card.focus ? styles.focus : ""} ${alive ? "" : styles.dim}`}
      style={{ left: x + MARGIN, top: y + MARGIN, width: CARD_WIDTH, height }}
    >
      <div className={styles.head} title={`${card.name}\n${card.namespace}`}>
        <span className={styles.sort}>{card.job ? "job" : "dataset"}</span>
        <ThingLink thing={{ ...card, __typename: card.job ? "Job" : "Dataset" }} plain />
      </div>
      {card.rows.map((row) => (
        <RowLine key={row.key} row={row} dataset={card} on={row.key === pinned} pin={pin} />
      ))}
    </div>
  );
}

interface RowLineProps {
  row: Row;
  dataset: { id: string };
  on: boolean;
  pin: (row: string) => void;
}

function RowLine({ row, dataset, on, pin }: RowLineProps) {
  return (
    <div className={`${styles.row} ${row.focus ? styles.focusRow : ""}`} title={row.label}>
      {row.column ? (
        <ColumnLink column={{ id: row.column, name: row.label }} dataset={dataset} />
      ) : (
        <em>{row.label}</em>
      )}
      <button
        type="button"
        className={styles.pin}
        aria-pressed={on}
        aria-label={`Show the paths through ${row.label}`}
        onClick={() => pin(row.key)}
      >
        ⇄
      </button>
    </div>
  );
}
