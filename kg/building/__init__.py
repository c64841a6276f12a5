"""From documents to the graph in shards: nothing but numbers, names and digests is whole in memory.

Reading order: `reading` (documents to records), `planning` (which printed sets are one, cut into
batches), `stating` (a batch of sets to a shard), `gathering` (what shards say of the same thing),
`repetition` (what recurs between sets), `merging` (sorted blocks to one file), `building` (the
stages in order). `engines` runs the map functions: here, in a pool, or on a cluster. `catalog`
tells what the last build found.

Records and shards are named after all that they depend on, so a build that was killed, repeated
or changed a little reuses what still holds and gives the same bytes. `work` keeps them.
"""
