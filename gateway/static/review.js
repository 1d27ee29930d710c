/* The findings: filters that stay in sight, rows walked by keys. Without it the page is the same, with a button to press. */
"use strict";
(() => {
  for (const form of document.querySelectorAll("[data-submit-on-change]")) {
    form.querySelector("button").hidden = true;
    form.addEventListener("change", () => form.submit());
  }
  const pinned = document.querySelector("[data-pinned]"), table = document.querySelector("[data-rows]");
  if (!pinned || !table) return;
  const measure = () => document.documentElement.style.setProperty("--pinned", `${getComputedStyle(pinned).position === "sticky" ? pinned.offsetHeight : 0}px`);
  pinned.classList.add("sticks");
  new ResizeObserver(measure).observe(pinned);
  document.querySelector("[data-keys]").hidden = false;

  const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("group"));
  let at = -1;
  function go(to) {
    if (!rows.length) return;
    rows[at]?.classList.remove("here");
    at = Math.min(Math.max(to, 0), rows.length - 1);
    rows[at].classList.add("here");
    rows[at].tabIndex = -1;
    rows[at].focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const key = event.key.toLowerCase(), choice = /^[0-9]$/.test(key) ? pinned.querySelectorAll(".verdicts a")[Number(key)] : null;
    if (key === "j") go(at + 1);
    else if (key === "k") go(at < 0 ? 0 : at - 1);
    else if (key === "p") window.print();
    else if (choice) location.assign(choice.href);
    else return;
    event.preventDefault();
  });
})();
