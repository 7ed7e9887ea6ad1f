// name: graph_key
CREATE CONSTRAINT headwater_graph IF NOT EXISTS FOR (n:Graph) REQUIRE n.key IS UNIQUE

// name: thing_key
CREATE CONSTRAINT headwater_thing IF NOT EXISTS FOR (n:Thing) REQUIRE n.key IS UNIQUE

// name: end_key
CREATE CONSTRAINT headwater_end IF NOT EXISTS FOR (n:End) REQUIRE n.key IS UNIQUE

// name: witness_key
CREATE CONSTRAINT headwater_witness IF NOT EXISTS FOR (n:Witness) REQUIRE n.key IS UNIQUE

// name: statement_key
CREATE CONSTRAINT headwater_statement IF NOT EXISTS FOR (n:Statement) REQUIRE n.key IS UNIQUE

// name: saying_key
CREATE CONSTRAINT headwater_saying IF NOT EXISTS FOR (n:Saying) REQUIRE n.key IS UNIQUE

// name: symlinks_in_order
CREATE INDEX headwater_saying_place IF NOT EXISTS FOR (n:Saying) ON (n.place)

// name: name_key
CREATE CONSTRAINT headwater_name IF NOT EXISTS FOR (n:Name) REQUIRE n.key IS UNIQUE

// name: runs_heard
CREATE INDEX headwater_run_heard IF NOT EXISTS FOR (n:Run) ON (n.heard)

// name: runs_heard_of_job
CREATE INDEX headwater_run_job_heard IF NOT EXISTS FOR (n:Run) ON (n.job, n.heard)

// name: runs_completed_of_job
CREATE INDEX headwater_run_job_completed IF NOT EXISTS FOR (n:Run) ON (n.job, n.completed)

// name: readings_of_runs
CREATE INDEX headwater_reading_run IF NOT EXISTS FOR (n:Reading) ON (n.run)

// name: names_by_text
CREATE TEXT INDEX headwater_name_text IF NOT EXISTS FOR (n:Name) ON (n.text)

// name: datasets_by_name
CREATE INDEX headwater_dataset_name IF NOT EXISTS FOR (n:Dataset) ON (n.namespace, n.name)
