// name: known_things
UNWIND $keys AS key
MATCH (t:Thing {key: key})
RETURN collect(key)

// name: create_things
UNWIND $rows AS row
CREATE (t:Thing:$(row.label))
SET t = row.node

// name: name_things
UNWIND $rows AS row
MERGE (n:Name {key: row.key}) ON CREATE SET n += row.node
WITH n, row
UNWIND row.called AS key
MATCH (t:Thing {key: key})
CREATE (t)-[:CALLED]->(n)

// name: use_ends
UNWIND $rows AS row
MATCH (e:End {key: row.key})
SET e.uses = e.uses + row.uses
RETURN collect(row.key)

// name: create_ends
UNWIND $datasets AS dataset
MATCH (t:Thing {key: dataset.key})
UNWIND dataset.ends AS row
CREATE (t)-[:HAS]->(e:End:$(row.label))
SET e = row.node

// name: make_jobs_ends
UNWIND $rows AS row
MATCH (t:Thing {key: row.key})
SET t:End, t.end = row.end, t.uses = row.uses

// name: name_columns
UNWIND $rows AS row
MERGE (n:Name {key: row.key}) ON CREATE SET n += row.node
WITH n, row
UNWIND row.called AS key
MATCH (e:End {key: key})
CREATE (e)-[:CALLED]->(n)

// name: release_ends
UNWIND $rows AS row
MATCH (e:End {key: row.key})
SET e.uses = e.uses - row.uses
WITH e WHERE e.uses <= 0
RETURN collect(e.key)

// name: forget_ends
UNWIND $keys AS key
MATCH (e:End {key: key}) WHERE NOT e:Job
DETACH DELETE e

// name: make_ends_jobs
UNWIND $keys AS key
MATCH (t:Job {key: key})
REMOVE t:End, t.end, t.uses

// name: forget_things
UNWIND $keys AS key
MATCH (t:Thing {key: key}) WHERE NOT EXISTS { (t)--(:Witness|Statement|Saying) }
DETACH DELETE t

// name: forget_names
UNWIND $keys AS key
MATCH (n:Name {key: key}) WHERE NOT EXISTS { (n)<-[:CALLED]-() }
DELETE n
