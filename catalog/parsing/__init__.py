"""The SQL of runs, read: the stage that turns it into evidence, beside the projector."""
