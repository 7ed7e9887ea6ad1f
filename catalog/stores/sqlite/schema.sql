-- The graph in SQLite. It is disposable: another shape is another SCHEMA_VERSION (schema.py), and
-- the graph is made anew from the log.
--
-- Times are microseconds since 1970. An end is one integer, made of its thing's id and a place
-- within the thing (ends.py); `how` is an edge's kind, subtype and masking in one (ends.py).
-- A row counts its `uses`; one without uses is forgotten, and stays only to keep its id.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What is searched: the distinct names of things and columns. `path` is a JSON array.
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    lower TEXT NOT NULL
);
CREATE INDEX names_by_lower ON names (lower);

-- Datasets (sort 0) and jobs (sort 1). `named`: a run or a saying names it, which is for good.
CREATE TABLE things (
    id INTEGER PRIMARY KEY,
    sort INTEGER NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    name_id INTEGER NOT NULL,
    named INTEGER NOT NULL DEFAULT 0,
    uses INTEGER NOT NULL DEFAULT 0,
    UNIQUE (sort, namespace, name)
);
CREATE INDEX things_by_name ON things (name_id);
CREATE INDEX things_in_order ON things (sort, name, namespace);

-- `id` is the column's end. Rows and wholes are there with their dataset and have no row.
CREATE TABLE columns (
    id INTEGER PRIMARY KEY,
    name_id INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX columns_by_name ON columns (name_id);

-- Large sayings, each kept once.
CREATE TABLE contents (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    body BLOB NOT NULL
);

-- A cast is the set of things that a run's events speak of (a JSON array of their ids).
CREATE TABLE casts (
    id INTEGER PRIMARY KEY,
    things TEXT NOT NULL UNIQUE
);
CREATE TABLE cast_things (
    thing INTEGER NOT NULL,
    cast_id INTEGER NOT NULL,
    PRIMARY KEY (thing, cast_id)
) WITHOUT ROWID;

-- Runs as folded. `heard`: the last event; `completed`: when its lineage took effect.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    job INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    cast_id INTEGER NOT NULL,
    heard INTEGER NOT NULL,
    heard_phase INTEGER NOT NULL,
    heard_record TEXT NOT NULL,
    completed INTEGER,
    completed_phase INTEGER,
    completed_record TEXT,
    version TEXT NOT NULL,
    fold BLOB NOT NULL,
    UNIQUE (job, run_id)
);
CREATE INDEX runs_by_hearing ON runs (heard);
CREATE INDEX runs_by_cast ON runs (cast_id, heard);
CREATE INDEX runs_by_completion ON runs (job, completed) WHERE completed IS NOT NULL;

-- What is said about things apart from runs.
CREATE TABLE sayings (
    thing INTEGER NOT NULL,
    producer TEXT NOT NULL,
    key TEXT NOT NULL,
    said BLOB NOT NULL,
    PRIMARY KEY (thing, producer, key)
) WITHOUT ROWID;

-- What is told of other names of datasets, each saying of `sayings` once, in the order of hearing.
CREATE TABLE symlinks (
    id INTEGER PRIMARY KEY,
    thing INTEGER NOT NULL,
    saying BLOB NOT NULL
);

-- A testimony is what a contribution says, whoever says it and when: claims, schemas, traffic.
-- `uses`: how many witnesses say it now. Of our own reading of SQL: `job`, whose SQL it is; `named`,
-- what that depends on (a JSON array of things); `reading`, what it came to.
CREATE TABLE testimonies (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    claims TEXT NOT NULL,
    statements TEXT NOT NULL,
    things TEXT NOT NULL,
    job INTEGER,
    named TEXT NOT NULL,
    reading BLOB,
    uses INTEGER NOT NULL DEFAULT 0
);
-- On which datasets the SQL of jobs depends.
CREATE TABLE named (
    thing INTEGER NOT NULL,
    job INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (thing, job)
) WITHOUT ROWID;
CREATE TABLE testimony_claims (
    claim INTEGER NOT NULL,
    testimony INTEGER NOT NULL,
    PRIMARY KEY (claim, testimony)
) WITHOUT ROWID;
CREATE TABLE testimony_statements (
    statement INTEGER NOT NULL,
    testimony INTEGER NOT NULL,
    moment INTEGER NOT NULL, -- place in the witness's stamps
    PRIMARY KEY (statement, testimony, moment)
) WITHOUT ROWID;

-- `stamps`: the moments of which the witness speaks, a JSON array; the first is of its claims.
CREATE TABLE witnesses (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    testimony INTEGER NOT NULL,
    stamps TEXT NOT NULL
);
CREATE TABLE sightings (
    testimony INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    time INTEGER NOT NULL,
    witness INTEGER NOT NULL,
    PRIMARY KEY (testimony, moment, time, witness)
) WITHOUT ROWID;

-- `flows`: a JSON array of [source, target, how]. `holds`: by catalog.lineage.currency.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    via INTEGER NOT NULL,
    target INTEGER NOT NULL,
    tier TEXT NOT NULL,
    producer TEXT NOT NULL,
    version TEXT,
    schemas TEXT,
    precise INTEGER NOT NULL,
    flows BLOB NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    holds INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX claims_by_maker ON claims (via);
CREATE INDEX claims_that_hold ON claims (via, tier) WHERE holds;

-- `content`: the schema; `columns`: a JSON array of its ends.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    dataset INTEGER NOT NULL,
    producer TEXT NOT NULL,
    content INTEGER NOT NULL,
    columns TEXT NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    UNIQUE (dataset, producer, content)
);

-- Which code versions of a maker were in force when its edges were made.
CREATE TABLE makers (
    thing INTEGER PRIMARY KEY,
    versions TEXT NOT NULL
);

CREATE TABLE edges (
    source INTEGER NOT NULL,
    how INTEGER NOT NULL,
    target INTEGER NOT NULL,
    via INTEGER NOT NULL,
    PRIMARY KEY (source, how, target, via)
) WITHOUT ROWID;
CREATE INDEX edges_by_target ON edges (target, how, source, via);

-- Edges at dataset grain, with how many edges they stand for; none from a thing to itself.
CREATE TABLE links (
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    via INTEGER NOT NULL,
    edges INTEGER NOT NULL,
    PRIMARY KEY (source, target, via)
) WITHOUT ROWID;
CREATE INDEX links_by_target ON links (target, source, via);
