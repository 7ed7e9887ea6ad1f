// name: first_edges_downstream
UNWIND range(0, size($keys) - 1) AS place
MATCH (start:End {key: $keys[place]})-[e:DIRECT|INDIRECT]->(finish:End)
WHERE type(e) IN $kinds AND start <> finish
  AND NOT (finish:Rows AND start.end[1] = finish.end[1] AND start.end[2] = finish.end[2])
WITH finish, min(place) AS place
MATCH (start:End {key: $keys[place]})-[e:DIRECT|INDIRECT]->(finish)
WHERE type(e) IN $kinds
WITH
  collect([place, finish.end, type(e), e.subtype, e.via, e.masking]) AS found,
  collect(DISTINCT e.via) AS makers
RETURN found, COLLECT {
  UNWIND makers AS key
  MATCH (t:Thing {key: key})
  RETURN [key, [t:Job, t.namespace, t.name]]
}

// name: first_edges_upstream
UNWIND range(0, size($keys) - 1) AS place
MATCH (start:End {key: $keys[place]})<-[e:DIRECT|INDIRECT]-(finish:End)
WHERE type(e) IN $kinds AND start <> finish
  AND NOT (start:Rows AND finish.end[1] = start.end[1] AND finish.end[2] = start.end[2])
WITH finish, min(place) AS place
MATCH (start:End {key: $keys[place]})<-[e:DIRECT|INDIRECT]-(finish)
WHERE type(e) IN $kinds
WITH
  collect([place, finish.end, type(e), e.subtype, e.via, e.masking]) AS found,
  collect(DISTINCT e.via) AS makers
RETURN found, COLLECT {
  UNWIND makers AS key
  MATCH (t:Thing {key: key})
  RETURN [key, [t:Job, t.namespace, t.name]]
}
