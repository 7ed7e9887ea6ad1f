// name: advance
MATCH (g:Graph {key: 'headwater'})
SET
  g.cursor = CASE WHEN g.cursor < $cursor THEN $cursor ELSE g.cursor END,
  g.sqlCursor = CASE WHEN g.sqlCursor < $sqlCursor THEN $sqlCursor ELSE g.sqlCursor END

// name: known_sayings
UNWIND $keys AS key
MATCH (s:Saying {key: key})
RETURN key, s.body

// name: count_symlinks
MATCH (g:Graph {key: 'headwater'})
SET g.symlinks = g.symlinks + $more
RETURN g.symlinks

// name: keep_sayings
UNWIND $rows AS row
MATCH (t:Thing {key: row.thing})
MERGE (s:Saying {key: row.key})
SET s += row.node
MERGE (s)-[:ABOUT]->(t)

// name: things
UNWIND $keys AS key
MATCH (t:Thing {key: key})
RETURN collect([t:Job, t.namespace, t.name])
