"""Job workers: one package a process, one module a service task."""
