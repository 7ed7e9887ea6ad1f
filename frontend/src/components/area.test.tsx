import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { type Answer, RequestError } from "@/gql/execute";
import { Area } from "./area";

afterEach(cleanup);

interface Owner {
  name: string | null;
  team?: string;
}

function Owners({ ask }: { ask: () => Promise<Answer<Owner>> }) {
  const query = useQuery({ queryKey: ["owner"], queryFn: ask });
  return (
    <Area what="the owner" query={query}>
      {({ name }) => <p>{name?.toUpperCase() ?? "Nobody"}</p>}
    </Area>
  );
}

function show(ask: () => Promise<Answer<Owner>>) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <Owners ask={ask} />
    </QueryClientProvider>,
  );
}

const answer = (name: string | null): Answer<Owner> => ({ data: { name }, problems: [] });

it("holds the place while the answer is on its way", () => {
  show(() => new Promise(() => undefined));
  expect(screen.getByRole("status", { name: "Loading the owner" })).toBeTruthy();
});

it("shows the answer", async () => {
  show(async () => answer("ada"));
  expect(await screen.findByText("ADA")).toBeTruthy();
});

it("says what failed and tries again", async () => {
  const ask = vi.fn<() => Promise<Answer<Owner>>>();
  ask
    .mockRejectedValueOnce(new RequestError("Overloaded.", "r-7"))
    .mockResolvedValue(answer("ada"));
  show(ask);
  const failure = await screen.findByRole("alert");
  expect(failure.textContent).toContain("Could not load the owner. Overloaded.");
  expect(failure.textContent).toContain("r-7");
  fireEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("ADA")).toBeTruthy();
});

it("shows what there is of a partial answer and names the rest", async () => {
  const problems = [{ message: "timed out", path: ["name"], code: "TIMEOUT", retriable: true }];
  show(async () => ({ data: { name: null, team: "ops" }, problems }));
  expect(await screen.findByText("Nobody")).toBeTruthy();
  expect(screen.getByRole("note").textContent).toContain("name: timed out");
});

it("says what failed where every part did", async () => {
  const problems = [{ message: "timed out", path: ["name"], code: "TIMEOUT", retriable: true }];
  show(async () => ({ data: { name: null }, problems }));
  expect((await screen.findByRole("alert")).textContent).toContain("timed out");
});

it("keeps an error of drawing to itself", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  show(async () => ({ data: { name: 3 as unknown as string }, problems: [] }));
  expect((await screen.findByRole("alert")).textContent).toContain("Could not load the owner.");
});
