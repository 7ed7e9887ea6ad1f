"""What every log and every store must do, whatever keeps it."""
