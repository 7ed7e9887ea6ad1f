import type { CSSProperties, ReactNode, Ref } from "react";

interface ScrollProps {
  label: string;
  className?: string | undefined;
  style?: CSSProperties;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** A part of a page that scrolls by itself, and can therefore be reached by keyboard. */
export function Scroll({ label, className, style, ref, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, what scrolls must be reachable
    <section aria-label={label} className={className} style={style} ref={ref} tabIndex={0}>
      {children}
    </section>
  );
}
