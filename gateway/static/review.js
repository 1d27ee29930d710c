/* The findings: filters that stay in sight, rows walked by keys. Without it the page is the same, with a button to press. */
"use strict";
(() => {
  for (const form of document.querySelectorAll("[data-submit-on-change]")) {
    form.querySelector("button[type=submit]").hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
    /* What is not filtered by stays out of the address. */
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.name !== "verdict" && field.value === "") field.disabled = true;
    });
    addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
  }
  const pinned = document.querySelector("[data-pinned]"), table = document.querySelector("[data-rows]");
  const search = document.querySelector("[data-search]"), help = document.querySelector("[data-help-dialog]");
  if (!pinned) return;
  const measure = () => document.documentElement.style.setProperty("--pinned", `${getComputedStyle(pinned).position === "sticky" ? pinned.offsetHeight : 0}px`);
  pinned.classList.add("sticks");
  new ResizeObserver(measure).observe(pinned);

  const rows = table ? [...table.querySelectorAll("[data-row]")] : [];
  const current = () => rows.indexOf(document.activeElement?.closest("[data-row]"));
  let last = -1;
  function go(to) {
    if (!rows[to]) return;
    if (rows[last]) rows[last].tabIndex = -1;
    last = to;
    rows[to].tabIndex = 0;
    rows[to].focus({ preventScroll: true });
    rows[to].scrollIntoView({ block: "nearest" });
  }
  const at = () => (current() >= 0 ? current() : last);
  const follow = (link) => { if (link) location.assign(link.href); };
  function deviation() {
    const next = rows.findIndex((row, place) => place > at() && !row.classList.contains("agrees"));
    if (next >= 0) go(next);
    else if (table?.dataset.further) location.assign(table.dataset.further);
  }
  const moves = {
    j: () => go(Math.min(at() + 1, rows.length - 1)),
    k: () => go(Math.max(at() - 1, 0)),
    n: deviation,
    f: () => { search.focus(); search.select(); },
    e: () => follow(rows[at()]?.querySelector("[data-act]") || document.querySelector("[data-task]")),
    h: () => { const hints = document.querySelector("#hints"); hints?.scrollIntoView(); hints?.focus({ preventScroll: true }); },
    p: () => print(),
    "[": () => follow(document.querySelector("a[rel=prev]")),
    "]": () => follow(document.querySelector("a[rel=next]")),
    "?": () => (help?.open ? help.close() : help?.showModal()),
  };
  Object.assign(moves, { arrowdown: moves.j, arrowup: moves.k, "/": moves.f, "？": moves["?"] });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = event.key.toLowerCase(), choice = /^[0-9]$/.test(key) ? pinned.querySelectorAll(".verdicts a:not([data-jump])")[Number(key)] : null;
    if (help?.open && key !== "?" && key !== "？") return;
    /* The arrows scroll the page until a row is in hand. */
    if (key.startsWith("arrow") && current() < 0) return;
    if (choice) follow(choice);
    else if (moves[key]) moves[key]();
    else return;
    event.preventDefault();
  });
  for (const row of rows) row.addEventListener("click", () => { if (!getSelection().toString()) go(rows.indexOf(row)); });
  if (table) document.querySelector("[data-keys]").hidden = false;
  document.querySelector("[data-help]")?.addEventListener("click", moves["?"]);
  for (const row of rows) row.tabIndex = -1;
  const named = rows.findIndex((row) => `#${row.id}` === location.hash);
  if (named >= 0) go(named);
  else if (rows[0]) rows[0].tabIndex = 0;
})();
