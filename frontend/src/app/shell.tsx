import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { SearchBox } from "@/components/search-box";
import { ThemeSwitch } from "@/components/theme-switch";
import styles from "./shell.module.css";

/** The frame around every page: the bar with the search, the navigation, the one `<main>`. */
export function Shell() {
  const query = useRouterState({ select: (state) => state.location.search.q ?? "" });
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.bar}>
        <Link to="/" className={styles.product}>
          Headwater
        </Link>
        <SearchBox query={query} />
        <ThemeSwitch />
      </header>
      <nav className={styles.nav} aria-label="Pages">
        <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
          Home
        </Link>
        <Link to="/search" activeOptions={{ includeSearch: false }}>
          Search
        </Link>
        <Link to="/lineage" activeOptions={{ includeSearch: false }}>
          Lineage
        </Link>
        <Link to="/impact" activeOptions={{ includeSearch: false }}>
          Impact
        </Link>
        <Link to="/runs" activeOptions={{ includeSearch: false }}>
          Runs
        </Link>
        <Link to="/unused" activeOptions={{ includeSearch: false }}>
          Unused
        </Link>
      </nav>
      <main id="main" className={styles.main}>
        <Outlet />
      </main>
    </div>
  );
}
