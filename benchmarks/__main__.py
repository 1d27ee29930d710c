"""`make bench`: run every measurement, or the named ones after `python -m benchmarks`, and print their ratios."""

import importlib
import sys
import time

MEASUREMENTS = (
    "engine_throughput", "worker_step", "records_outbox", "gateway_pages",
    "precedents", "align_names", "read_formats", "review_documents", "mutations",
)  # fmt: skip

names = sys.argv[1:] or MEASUREMENTS
for name in names:
    module = importlib.import_module(f"benchmarks.{name}")
    print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    started = time.perf_counter()
    module.main()
    print(f"   ({time.perf_counter() - started:.0f} s)", flush=True)
