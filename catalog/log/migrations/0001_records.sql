-- Records in the order of acceptance. Positions are never given twice, even when old records go.
CREATE TABLE records (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    body BLOB NOT NULL -- canonical JSON, deflated (zlib)
);
