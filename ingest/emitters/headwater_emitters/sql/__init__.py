"""As much of SQL as an emitter needs: which tables a statement names, and a text fit to send.

The server parses the statement; here a tokenizer is enough.
"""
