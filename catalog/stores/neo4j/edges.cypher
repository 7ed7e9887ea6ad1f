// name: candidates
UNWIND $makers AS maker
MATCH (:Thing {key: maker.key})-[:MAKES]->(c:Claim)
WHERE c.holds OR c.version IS NULL OR c.version IN maker.versions
RETURN
  maker.key,
  collect([
    c.key, c.holds, c.target, c.tier, c.producer, c.version, c.precise, c.firstSeen, c.last
  ])

// name: bodies
UNWIND $keys AS key
MATCH (c:Claim {key: key})
RETURN key, c.body

// name: hold
UNWIND $rows AS row
MATCH (c:Claim {key: row.key})
SET c.holds = row.holds

// name: delete_edges
UNWIND $rows AS row
MATCH (a:End {key: row.source})
MATCH (b:End {key: row.target})
MATCH (a)-[e:DIRECT|INDIRECT {via: row.via, subtype: row.subtype}]->(b)
WHERE type(e) = row.kind
DELETE e

// name: update_edges
UNWIND $rows AS row
MATCH (a:End {key: row.source})
MATCH (b:End {key: row.target})
MATCH (a)-[e:DIRECT|INDIRECT {via: row.via, subtype: row.subtype}]->(b)
WHERE type(e) = row.kind
SET e.masking = row.masking, e.claims = row.claims

// name: create_edges
UNWIND $rows AS row
MATCH (a:End {key: row.source})
MATCH (b:End {key: row.target})
CREATE (a)-[e:$(row.kind)]->(b)
SET e.via = row.via, e.subtype = row.subtype, e.masking = row.masking, e.claims = row.claims

// name: delete_links
UNWIND $rows AS row
MATCH (a:Thing {key: row.source})
MATCH (b:Thing {key: row.target})
MATCH (a)-[link:FEEDS {via: row.via}]->(b)
DELETE link

// name: create_links
UNWIND $rows AS row
MATCH (a:Thing {key: row.source})
MATCH (b:Thing {key: row.target})
CREATE (a)-[:FEEDS {via: row.via}]->(b)
