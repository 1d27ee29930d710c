"""The `zhengjian` command: up, demo, run, lint, deploy, review."""
