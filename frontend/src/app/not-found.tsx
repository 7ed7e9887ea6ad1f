import { Link } from "@tanstack/react-router";
import { Page } from "@/components/page";

export function NotFound() {
  return (
    <Page title="No such page">
      <p>
        Nothing is found at this address. <Link to="/search">Search</Link> for what it was about.
      </p>
    </Page>
  );
}
