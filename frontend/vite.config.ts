import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

export default defineConfig(({ mode }) => {
  // Where `npm run dev` finds a running `headwater serve`.
  const server = loadEnv(mode, ".", "HEADWATER_").HEADWATER_URL ?? "http://127.0.0.1:8585";
  return {
    plugins: [react()],
    resolve: { tsconfigPaths: true },
    build: {
      target: "es2023",
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: ["index.html", "graphiql.html"],
        checks: { moduleLevelDirective: false },
      },
    },
    server: { proxy: { "/graphql": server, "/health": server } },
  };
});
