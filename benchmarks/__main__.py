"""`make bench`: run every measurement, or the named ones after `python -m benchmarks`, and print their ratios."""

import importlib
import pkgutil
import sys
import time

import benchmarks

names = sys.argv[1:] or sorted(
    module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__"
)
for name in names:
    module = importlib.import_module(f"benchmarks.{name}")
    print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    started = time.perf_counter()
    module.main()
    print(f"   ({time.perf_counter() - started:.0f} s)", flush=True)
