import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import { EXAMPLES } from "./examples";
import "./graphiql.css";

const fetcher = createGraphiQLFetcher({ url: "/graphql" });

const place = document.getElementById("root");
if (!place) throw new Error("graphiql.html has no element #root.");
createRoot(place).render(
  <GraphiQL fetcher={fetcher} defaultTabs={EXAMPLES.map((query) => ({ query }))} />,
);
