"""How the schema came to be, revision by revision; `bot.store.migrate` runs it, no command line is needed.

To add a revision: change `tables.py`; write `versions/rNNNN_what.py` with `revision = "NNNN"` and `down_revision` the
one before, every table and column spelled out (never imported from `tables.py`, which moves on); set `HEAD` in
`migrate.py`. The tests say on both databases whether the two come to the same schema. Two versions of the program may
run side by side while replicas are restarted one by one, so a revision adds; what is no longer used goes a release
later. On SQLite a column is changed with `op.batch_alter_table`. There is no way down: that is what a backup is for.
"""
