import { type ReactNode, useEffect, useRef } from "react";
import styles from "./page.module.css";

interface PageProps {
  title: string;
  /** What kind of thing the page is about, above its title. */
  kind?: string;
  children: ReactNode;
}

/**
 * One route's content: its title in the tab and as the one h1, focused when the route opens,
 * unless somebody is typing.
 */
export function Page({ title, kind, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Headwater`;
    const typing = document.activeElement instanceof HTMLInputElement;
    if (!typing) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <article className={styles.page}>
      {kind && <p className={styles.kind}>{kind}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </article>
  );
}
