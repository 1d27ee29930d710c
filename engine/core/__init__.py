"""The real Zeebe engine inside this process: its jars, its Java machine, its durable log, and the way to talk to it."""
