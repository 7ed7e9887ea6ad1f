"""How events get from a job to the server: a spool on disk, and a courier in another process.

The job writes a file an event, and goes on. The courier reads OpenLineage's configuration, sends
what is there through its client, tries again while the server does not answer, and ends when there
has been nothing to do for a while. It outlives the job, so no job waits for a server; and what a
courier could not deliver the next one finds.

A process, not a thread: importing the client alone takes a thread's time from the job's.
"""
