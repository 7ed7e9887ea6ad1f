import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import sdl from "../../../catalog/api/graphql/schema.graphql?raw";
import { EXAMPLES } from "./examples";

const SCHEMA = buildSchema(sdl);

it.each(EXAMPLES)("asks what the schema answers: %s", (example) => {
  expect(validate(SCHEMA, parse(example))).toEqual([]);
});
