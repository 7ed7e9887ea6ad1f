// name: version
MATCH (g:Graph {key: 'headwater'})
RETURN g.version

// name: begin
MERGE (g:Graph {key: 'headwater'})
ON CREATE SET g.version = $version, g.cursor = 0, g.sqlCursor = 0, g.symlinks = 0
RETURN g.version

// name: wipe
MATCH (n:Graph|Thing|End|Witness|Statement|Saying|Name)
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS
