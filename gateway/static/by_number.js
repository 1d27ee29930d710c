/* Findings overruled by their number: the line says which finding that is before anything is sent, and a number that the
   address names is filled in. */
"use strict";
(() => {
  const root = document.querySelector("[data-form][data-findings]");
  if (!root) return;
  const all = (schema) => schema.components.flatMap((part) => [part, ...(part.components ? all(part) : [])]);
  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const adders = (schema) => all(schema).filter((part) => part.type === "dynamiclist" && part.allowAddRemove && part.components.some((field) => field.key === "override_verdict"));
  const boxOf = (part) => root.querySelector(`[id$="-${part.id}"]`)?.closest(".fjs-form-field-dynamiclist");
  const linesOf = (part) => [...(boxOf(part)?.querySelectorAll(".fjs-repeat-row-container") || [])];
  const given = (form, part) => form._getState().data[part.path] || [];

  /* Whoever takes the task first still arrives at the finding: the fragment goes through the redirect. */
  const claim = document.querySelector("form.claim");
  if (claim && location.hash) claim.action += location.hash;

  const known = new Map();
  function ask(no) {
    if (!known.has(no)) known.set(no, fetch(`${root.dataset.findings}${no}`, { credentials: "same-origin" }).then((answer) => (answer.ok ? answer.json() : answer.status === 404 ? {} : null), () => null));
    return known.get(no);
  }

  async function tell(line, no) {
    const place = line.querySelector(".numbered") || line.appendChild(make("p", { className: "numbered", role: "status" })), wanted = String(no ?? "");
    if (place.dataset.no === wanted) return;
    place.dataset.no = wanted;
    place.replaceChildren();
    place.classList.remove("missing");
    if (!Number.isInteger(no) || no < 1) return;
    const found = await ask(no);
    if (place.dataset.no !== wanted) return;
    if (!found) known.delete(no);
    else if (!found.name) place.append(`本轮比对没有第 ${no} 项，请核对编号。`);
    else place.append(make("b", { textContent: found.name }), make("span", { className: `chip ${found.tone}`, textContent: found.verdict }), make("small", { textContent: "批复" }), found.approved, make("small", { textContent: "招标" }), found.tender);
    place.classList.toggle("missing", Boolean(found) && !found.name);
  }

  function say(text) {
    const message = root.querySelector("[data-role=message]");
    Object.assign(message, { className: "notice", textContent: text, hidden: false });
    message.scrollIntoView({ block: "center" });
  }

  function begin(form, part, no) {
    const kept = given(form, part).findIndex((row) => row.no === no), at = kept < 0 ? given(form, part).length : kept;
    if (kept < 0) boxOf(part).querySelector(".fjs-repeat-render-add").click();
    const settle = (tries) => {
      const field = form.get("formFieldInstanceRegistry").getAll().find((each) => each.valuePath?.join(".") === `${part.path}.${at}.no`), line = linesOf(part)[at];
      if (!field || !line) {
        if (tries) requestAnimationFrame(() => settle(tries - 1));
        return;
      }
      if (kept < 0) form._update({ fieldInstance: field, value: no });
      line.scrollIntoView({ block: "center" });
      line.querySelector(".fjs-select-hidden-input, .fjs-form-field-select input")?.focus({ preventScroll: true });
    };
    settle(60);
  }

  root.addEventListener("finding-not-listed", ({ detail: { form, schema, no } }) => setTimeout(() => {
    const part = adders(schema)[0], works = root.dataset.readonly !== "1";
    if (part && works && boxOf(part)) begin(form, part, no);
    else say(`第 ${no} 项不在本表单列出的条目中。${part && works ? `要改判，先选“退回初审”，再在“应当改判的条目”中添加编号 ${no}。` : ""}`);
  }));

  root.addEventListener("form-drawn", ({ detail: { form, schema } }) => {
    const parts = adders(schema);
    const name = () => { for (const part of parts) linesOf(part).forEach((line, at) => tell(line, given(form, part)[at]?.no)); };
    if (!parts.length) return;
    name();
    /* Braces, because a listener that returns something keeps the event from all that listen after it. */
    form.on("changed", () => { requestAnimationFrame(name); });
  });
})();
