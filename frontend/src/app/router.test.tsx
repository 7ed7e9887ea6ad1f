import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createPages } from "./router";

beforeEach(() => {
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
});
afterEach(cleanup);

function open(address: string) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const pages = createPages(queries, createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={pages} />
    </QueryClientProvider>,
  );
  return pages;
}

it.each([
  ["/", "What breaks when a column changes?"],
  ["/search?q=orders", "Search: orders"],
  ["/datasets/ds_1", "Dataset"],
  ["/datasets/ds_1/columns/amount", "Column"],
  ["/jobs/jb_1", "Job"],
  ["/runs", "Runs"],
  ["/runs/rn_1", "Run"],
  ["/lineage?up=-3&focus=", "Lineage"],
  ["/impact?change=nonsense", "What breaks if …?"],
  ["/unused?days=0", "What is safe to drop?"],
  ["/nowhere", "No such page"],
])("%s opens a page with one heading", async (address, title) => {
  open(address);
  expect(await screen.findByRole("heading", { level: 1, name: title })).toBeTruthy();
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});

it("searches for what is typed and keeps it in the address", async () => {
  const pages = open("/");
  const field = await screen.findByRole("searchbox");
  fireEvent.change(field, { target: { value: "amount" } });
  fireEvent.submit(field);
  await screen.findByRole("heading", { level: 1, name: "Search: amount" });
  expect(pages.state.location.href).toBe("/search?q=amount");
});

it("leaves out of the address what makes no sense", async () => {
  const pages = open("/lineage?down=4&up=many&grain=atom");
  await screen.findByRole("heading", { level: 1, name: "Lineage" });
  expect(pages.state.matches.at(-1)?.search).toEqual({ down: 4 });
});
