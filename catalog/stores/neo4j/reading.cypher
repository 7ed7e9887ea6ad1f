// name: cursor
MATCH (g:Graph {key: 'headwater'})
RETURN g.cursor

// name: sql_cursor
MATCH (g:Graph {key: 'headwater'})
RETURN g.sqlCursor

// name: folds
UNWIND $keys AS key
MATCH (r:Witness {key: key})
RETURN collect(r.fold)

// name: heard
MATCH (r:Witness {key: $key})
RETURN r.heard

// name: recent_runs
MATCH (r:Run) WHERE r.heard <= $heard AND (r.heard < $heard OR r.key < $key)
RETURN r.fold
ORDER BY r.heard DESC, r.key DESC
LIMIT $limit

// name: recent_runs_of
CALL () {
  MATCH (r:Run) WHERE r.job = $thing AND r.heard <= $heard AND (r.heard < $heard OR r.key < $key)
  RETURN r ORDER BY r.heard DESC, r.key DESC LIMIT $limit
  UNION
  MATCH (:Thing {key: $thing})<-[:READ|WROTE|NAMES {told: true}]-(r:Run)
  WHERE r.heard <= $heard AND (r.heard < $heard OR r.key < $key)
  RETURN DISTINCT r ORDER BY r.heard DESC, r.key DESC LIMIT $limit
}
RETURN r.fold
ORDER BY r.heard DESC, r.key DESC
LIMIT $limit

// name: sayings
UNWIND $keys AS key
MATCH (t:Thing {key: key})
RETURN key, [(t)<-[:ABOUT]-(s:Saying) | [s.facet, s.body]]

// name: accepting
MATCH (:Saying {kind: $kind})-[:ABOUT]->(t:Thing)
RETURN DISTINCT [t:Job, t.namespace, t.name]

// name: said_of_kind
MATCH (s:Saying {kind: $kind})-[:ABOUT]->(t:Thing)
RETURN [t:Job, t.namespace, t.name], s.body

// name: marked
MATCH (s:Saying {kind: $kind})-[:ABOUT]->(t:Thing) WHERE s.body CONTAINS $key
RETURN [t:Job, t.namespace, t.name], s.body

// name: symlinks
MATCH (s:Saying) WHERE s.place > $known
MATCH (s)-[:ABOUT]->(t:Thing)
RETURN [t:Job, t.namespace, t.name], s.body ORDER BY s.place

// name: namespaces
MATCH (t:Dataset)
RETURN collect(DISTINCT t.namespace)

// name: schemas
UNWIND $keys AS key
MATCH (:Thing {key: key})<-[:DESCRIBES]-(s:Schema)
RETURN key, collect([s.body, s.last])

// name: schemas_at
UNWIND $asked AS one
MATCH (:Thing {key: one.key})<-[:DESCRIBES]-(s:Schema)<-[stated:STATES]-()
WITH
  one.place AS place,
  s,
  max(CASE WHEN left(stated.seen, 32) <= one.at THEN stated.seen END) AS byThen,
  min(stated.seen) AS first
RETURN place, collect([s.body, coalesce(byThen, first)])

// name: completed_runs
UNWIND $jobs AS job
MATCH (r:Run) WHERE r.job = job AND r.completed > ''
  AND left(r.completed, 32) >= $since AND left(r.completed, 32) <= $until
RETURN job, r.runId

// name: readings
UNWIND $keys AS key
MATCH (w:Witness {key: key}) WHERE w.reading IS NOT NULL
RETURN key, w.reading

// name: named_in
UNWIND $keys AS key
MATCH (:Thing {key: key})<-[:READ|WROTE]-(w:Reading)
WITH DISTINCT key, w.job AS jobKey
MATCH (job:Thing {key: jobKey})
RETURN key, collect([job:Job, job.namespace, job.name])

// name: completions
UNWIND $jobs AS job
CALL (job) {
  MATCH (r:Run) WHERE r.job = job AND r.completed > ''
  RETURN r.completed AS completed, r.version AS version, r.runId AS runId
  ORDER BY completed DESC
  LIMIT $limit
}
RETURN job, collect([completed, version, runId])

// name: claims
UNWIND $keys AS key
MATCH (:Thing {key: key})-[:MAKES]->(c:Claim)
RETURN key, collect([c.body, c.firstSeen, c.last, CASE WHEN c.tier = 'PARSED' THEN [
  (c)<-[stated:STATES]-(w:Reading) WHERE stated.seen = c.last | w.reading
][0] END])

// name: edges_downstream
UNWIND $keys AS key
MATCH (a:End {key: key})-[e:DIRECT|INDIRECT]->(b:End)
WITH
  collect([a.end, b.end, type(e), e.subtype, e.via, e.masking]) AS found,
  collect(DISTINCT e.via) AS makers
RETURN found, COLLECT {
  UNWIND makers AS key
  MATCH (t:Thing {key: key})
  RETURN [key, [t:Job, t.namespace, t.name]]
}

// name: edges_upstream
UNWIND $keys AS key
MATCH (b:End {key: key})<-[e:DIRECT|INDIRECT]-(a:End)
WITH
  collect([b.end, a.end, type(e), e.subtype, e.via, e.masking]) AS found,
  collect(DISTINCT e.via) AS makers
RETURN found, COLLECT {
  UNWIND makers AS key
  MATCH (t:Thing {key: key})
  RETURN [key, [t:Job, t.namespace, t.name]]
}

// name: ends
UNWIND $keys AS key
MATCH (:Thing {key: key})-[:HAS]->(e:End)
WITH key, collect(e.end) AS ends
RETURN collect([key, ends])

// name: links_downstream
UNWIND $keys AS key
MATCH (a:Thing {key: key})-[link:FEEDS]->(b:Thing)
MATCH (via:Thing {key: link.via})
RETURN collect([
  [a:Job, a.namespace, a.name], [b:Job, b.namespace, b.name], [via:Job, via.namespace, via.name]
])

// name: links_upstream
UNWIND $keys AS key
MATCH (b:Thing {key: key})<-[link:FEEDS]-(a:Thing)
MATCH (via:Thing {key: link.via})
RETURN collect([
  [a:Job, a.namespace, a.name], [b:Job, b.namespace, b.name], [via:Job, via.namespace, via.name]
])

// name: things
MATCH (t:Thing)
WITH t, [toInteger(t:Job), t.namespace, t.name] AS place
WHERE $after IS NULL OR place > $after
RETURN place
ORDER BY place
LIMIT $limit

// name: census
RETURN
  COUNT { (:Dataset) },
  COUNT { (:Column) },
  COUNT { (:Job) },
  COUNT { (:Run) },
  COUNT { ()-[:DIRECT]->() } + COUNT { ()-[:INDIRECT]->() }

// name: tiers_of_jobs
MATCH (job:Job)-[:MAKES]->(c:Claim {holds: true})
WITH job, min($ranks[c.tier]) AS best
RETURN best, count(*)

// name: latest_readings
CALL () { MATCH (w:Reading) RETURN DISTINCT w.job AS job }
CALL (job) {
  MATCH (r:Run) WHERE r.job = job AND r.completed > ''
  RETURN r.key AS run ORDER BY r.completed DESC LIMIT 1
}
MATCH (w:Reading {run: run}) WHERE w.reading IS NOT NULL
MATCH (thing:Thing {key: job})
RETURN [true, thing.namespace, thing.name], w.reading

// name: search
MATCH (n:Name) WHERE n.text CONTAINS $text
WITH n, CASE WHEN n.text = $text THEN 0 WHEN n.text STARTS WITH $text THEN 1 ELSE 2 END AS closeness
ORDER BY closeness, n.sort, n.path
LIMIT $limit
MATCH (t)-[:CALLED]->(n)
WITH closeness, n, t, coalesce(t.end[1], t.namespace) AS namespace, coalesce(t.end[2], t.name) AS name
ORDER BY closeness, n.sort, n.path, name, namespace
LIMIT $limit
RETURN n.sort, namespace, name, n.path

// name: all_runs
MATCH (r:Run) RETURN r.fold

// name: all_sayings
MATCH (s:Saying)-[:ABOUT]->(t:Thing) RETURN [t:Job, t.namespace, t.name], s.producer, s.facet, s.body

// name: all_schemas
MATCH (s:Schema) RETURN s.body, s.last

// name: all_claims
MATCH (c:Claim)
RETURN c.body, c.firstSeen, c.last, CASE WHEN c.tier = 'PARSED' THEN [
  (c)<-[stated:STATES]-(w:Reading) WHERE stated.seen = c.last | w.reading
][0] END

// name: all_edges
MATCH (a:End)-[e:DIRECT|INDIRECT]->(b:End)
MATCH (via:Thing {key: e.via})
RETURN
  a.end, b.end, type(e), e.subtype, [via:Job, via.namespace, via.name], e.masking
