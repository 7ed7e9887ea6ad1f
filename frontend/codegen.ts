import type { CodegenConfig } from "@graphql-codegen/cli";

/** Types for every document of the application, from the schema that the server commits. */
const config: CodegenConfig = {
  schema: "../catalog/api/graphql/schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/gql/generated/**"],
  ignoreNoDocuments: true,
  generates: {
    "src/gql/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: { Date: "string", DateTime: "string", JSON: "unknown" },
      },
    },
  },
};

export default config;
