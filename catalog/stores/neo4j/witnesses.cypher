// name: keep_runs
UNWIND $rows AS row
MATCH (job:Thing {key: row.job})
MERGE (r:Witness {key: row.key})
  ON CREATE SET r:Run
SET r += row.node
MERGE (job)-[:RAN]->(r)

// name: keep_declarations
UNWIND $rows AS row
MERGE (d:Witness {key: row.key})
  ON CREATE SET d:Declaration, d.record = row.record

// name: keep_readings
UNWIND $rows AS row
MERGE (w:Witness {key: row.key})
  ON CREATE SET w:Reading, w.job = row.job, w.run = row.run
SET w.reading = row.reading

// name: known_of
UNWIND $keys AS key
MATCH (w:Witness {key: key})
RETURN
  key,
  [
    (w)-[stated:STATES]->(s:Statement) |
    [s.key, stated.seen, coalesce(stated.of, []), coalesce(stated.expressions, [])]
  ],
  [(w)-[touched:READ|WROTE|NAMES]->(t:Thing) | [type(touched), t.key, touched.told]]

// name: touch
UNWIND $rows AS row
MATCH (w:Witness {key: row.witness})
MATCH (t:Thing {key: row.thing})
CREATE (w)-[:$(row.type) {told: row.told}]->(t)

// name: let_go
UNWIND $rows AS row
MATCH (w:Witness {key: row.witness})-[touched:READ|WROTE|NAMES]->(t:Thing {key: row.thing})
WHERE type(touched) = row.type AND touched.told = row.told
DELETE touched

// name: known_statements
UNWIND $keys AS key
MATCH (s:Statement {key: key})
RETURN collect(key)

// name: create_claims
UNWIND $rows AS row
MATCH (maker:Thing {key: row.via})
CREATE (maker)-[:MAKES]->(c:Statement:Claim)
SET c = row.node
WITH c, row
UNWIND row.joins AS join
MATCH (t:Thing {key: join.thing})
CREATE (c)-[:$(join.type)]->(t)

// name: create_schemas
UNWIND $rows AS row
MATCH (d:Thing {key: row.dataset})
CREATE (s:Statement:Schema)-[:DESCRIBES]->(d)
SET s = row.node

// name: state
UNWIND $rows AS row
MATCH (w:Witness {key: row.witness})
MATCH (s:Statement {key: row.statement})
CREATE (w)-[stated:STATES {seen: row.seen}]->(s)
SET stated += row.quotes
WITH s, row, min(row.seen) AS first, max(row.seen) AS last
SET
  s.firstSeen = CASE WHEN s.firstSeen <= left(first, 32) THEN s.firstSeen ELSE left(first, 32) END,
  s.last = CASE WHEN s.last >= last THEN s.last ELSE last END
SET s.lastSeen = left(s.last, 32)

// name: state_anew
UNWIND $rows AS row
MATCH (:Witness {key: row.witness})-[stated:STATES]->(:Statement {key: row.statement})
SET stated.seen = row.seen
SET stated += row.quotes

// name: take_back
UNWIND $rows AS row
MATCH (:Witness {key: row.witness})-[stated:STATES]->(:Statement {key: row.statement})
DELETE stated

// name: recount
UNWIND $keys AS key
MATCH (s:Statement {key: key})
OPTIONAL MATCH (s)<-[stated:STATES]-()
WITH s, min(stated.seen) AS first, max(stated.seen) AS last
SET
  s.firstSeen = coalesce(left(first, 32), s.firstSeen),
  s.last = coalesce(last, s.last),
  s.lastSeen = left(s.last, 32)
WITH s WHERE last IS NULL
RETURN s.key, s.body, s.last, s:Claim

// name: makers
UNWIND $keys AS key
MATCH (c:Claim {key: key})<-[:MAKES]-(maker)
RETURN collect(DISTINCT [maker:Job, maker.namespace, maker.name])

// name: forget_statements
UNWIND $keys AS key
MATCH (s:Statement {key: key})
DETACH DELETE s
