/* Long lists in a form: filter the rows, fill many at once, go to the next open one, mark what differs. The form stays an
   ordinary form-js form; without this script, and in every other task list, it is filled in row by row. */
"use strict";
(() => {
  const root = document.querySelector("[data-form]");
  if (!root) return;
  const TONES = { 一致: "good", 提高: "warn", 降低: "bad", 缺失: "bad", 新增: "info", "不可比/需人工": "doubt", 指定品牌: "bad", 数量变更: "warn", 金额超出: "bad" };
  const FEW = 3;
  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  const all = (schema) => schema.components.flatMap((part) => [part, ...(part.components ? all(part) : [])]);
  const empty = (value) => value === undefined || value === null || String(value).trim() === "";

  const sideOf = (row, label) => [...row.querySelectorAll(".fjs-form-field-text p")].find((line) => line.textContent.startsWith(label));
  const write = (line, label, parts) => line.replaceChildren(make("small", { textContent: label }), ...parts.map(([text, differs]) => (differs ? make("mark", { textContent: text }) : text)));

  /* Both sides of a row, with what differs marked as the page of findings marks it: the parts come from there. */
  function compare(row, marks) {
    const lines = ["批复：", "招标："].map((label) => sideOf(row, label));
    if (!lines[0] || !lines[1]) return;
    lines.forEach((line, side) => write(line, ["批复", "招标"][side], marks?.[side] || [[line.textContent.slice(3), false]]));
    lines[0].closest(".fjs-layout-row").classList.add("sides");
  }

  class List {
    constructor(form, part, marks) {
      Object.assign(this, { form, marks, path: part.path, shown: "", undo: null });
      const fields = part.components.filter((field) => field.key && !field.readonly);
      this.field = fields.find((field) => field.validate?.required);
      this.note = fields.find((field) => field !== this.field && field.type === "textfield");
      this.box = root.querySelector(`[id$="-${part.id}"]`)?.closest(".fjs-form-field-dynamiclist");
    }

    get data() { return this.form._getState().data[this.path] || []; }
    get rows() { return [...this.box.querySelector(".fjs-children").children]; }
    /* What is overruled to 一致 needs no decision, and its field is hidden. */
    open(row) { return Boolean(this.field) && empty(row[this.field.key]) && row.override_verdict !== "一致"; }
    fits(row) { return this.shown === "" || (this.shown === "open" ? this.open(row) : row.verdict === this.shown); }

    draw() {
      this.rows.forEach((row, at) => {
        row.classList.add("finding-row");
        row.tabIndex = -1;
        if (this.field && this.data.length >= FEW) this.fold(row);
        const chip = row.querySelector("code");
        if (chip) chip.className = `chip ${TONES[chip.textContent] || ""}`;
        for (const label of row.querySelectorAll(".fjs-form-field-label")) label.title = label.textContent;
        const input = this.note && row.querySelector(".fjs-form-field-textfield input");
        if (input) input.placeholder = this.note.label;
        compare(row, this.marks[at]);
        this.lead(row, this.data[at]);
        row.dataset.at = at;
      });
      this.box.addEventListener("focusin", (event) => { this.last = event.target.closest(".finding-row") || this.last; });
      if (this.data.length < FEW) return;
      this.bar = make("div", { className: "rows-bar" });
      this.tabs = make("div", { className: "verdicts", role: "group", ariaLabel: "筛选" });
      this.bar.append(this.tabs);
      if (this.field && root.dataset.readonly !== "1") this.bar.append(this.filler());
      this.box.querySelector(".fjs-children").before(this.bar);
    }

    /* The same finding among its neighbours, with the places in the documents: always in the same other tab. */
    lead(row, { no, verdict }) {
      const { comparison, pageSize } = root.dataset, heading = row.querySelector(".fjs-form-field-text p");
      if (!comparison || !no || !verdict || !heading) return;
      heading.append(make("a", { className: "context", target: "comparison", href: `${comparison}&page=${Math.ceil(no / Number(pageSize))}#n${no}`, textContent: "对照前后文", ariaLabel: `第 ${no} 项：在逐项比对中对照前后文` }));
    }

    /* On a phone a finding shows both sides; its fields unfold when it is their turn, and stay. */
    fold(row) {
      const button = make("button", { type: "button", className: "unfold small", ariaExpanded: "false" });
      button.addEventListener("click", () => { this.unfold(row); (this.entry(row) || row).focus({ preventScroll: true }); });
      row.classList.add("folds");
      row.append(button);
    }

    unfold(row) {
      row.classList.add("unfolded");
      row.querySelector(".unfold")?.setAttribute("aria-expanded", "true");
    }

    entry(row) { return row.querySelector(".fjs-select-hidden-input, textarea, input:not([readonly])"); }

    filler() {
      const choices = (this.field.values || []).map((choice) => make("option", { value: choice.value, textContent: choice.label }));
      this.value = choices.length ? make("select", { ariaLabel: "批量填入" }, make("option", { value: "", textContent: `${this.field.label}……` }), ...choices) : make("input", { type: "text", ariaLabel: "批量填入", placeholder: `同一${this.field.label}`, maxLength: this.field.validate?.maxLength || 500 });
      this.words = choices.length && this.note ? make("input", { type: "text", ariaLabel: "批量填入的理由", placeholder: `${this.note.label}（可不填）`, maxLength: this.note.validate?.maxLength || 300 }) : null;
      this.over = make("input", { type: "checkbox" });
      this.go = make("button", { type: "button", className: "small", onclick: () => this.fill() });
      this.back = make("button", { type: "button", className: "small quiet", textContent: "撤销", hidden: true, onclick: () => this.restore() });
      this.said = make("span", { className: "muted", role: "status" });
      for (const control of [this.value, this.words, this.over]) {
        control?.addEventListener("input", () => this.tell());
        control?.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); this.fill(); } });
      }
      return make("div", { className: "filler" }, this.value, this.words, make("label", { className: "over" }, this.over, "覆盖已填"), this.go, this.back, this.said);
    }

    targets() { return this.data.flatMap((row, at) => (this.fits(row) && (this.over.checked || this.open(row)) ? [at] : [])); }

    set(changes) {
      const found = new Map(this.form.get("formFieldInstanceRegistry").getAll().map((field) => [field.valuePath?.join("."), field]));
      for (const [at, key, value] of changes) this.form._update({ fieldInstance: found.get(`${this.path}.${at}.${key}`), value });
      this.tell();
    }

    fill() {
      const value = this.value.value.trim(), words = this.words?.value.trim(), targets = this.targets();
      if (!value) return this.value.focus();
      if (!targets.length) return;
      const keys = [this.field.key, ...(words ? [this.note.key] : [])];
      this.undo = targets.flatMap((at) => keys.map((key) => [at, key, this.data[at][key] ?? ""]));
      this.set(targets.flatMap((at) => keys.map((key) => [at, key, key === this.field.key ? value : words])));
      this.said.textContent = `已填入 ${targets.length} 行，可逐行再改。`;
      this.back.hidden = false;
    }

    restore() {
      this.set(this.undo.map(([at, key, value]) => [at, key, value === "" && this.field.values ? null : value]));
      this.said.textContent = "已撤销。";
      this.back.hidden = true;
    }

    tell() {
      const data = this.data;
      this.rows.forEach((row, at) => {
        const open = Boolean(data[at]) && this.open(data[at]), button = row.querySelector(".unfold");
        row.classList.toggle("is-open", open);
        if (button) button.textContent = root.dataset.readonly === "1" ? "查看" : open ? "填写" : "已填，查看或修改";
      });
      if (!this.bar) return;
      const verdicts = [...new Set(data.map((row) => row.verdict))].filter(Boolean).map((verdict) => [verdict, verdict, data.filter((row) => row.verdict === verdict).length]);
      const offered = [["", "全部", data.length], ...(this.field ? [["open", "未填", data.filter((row) => this.open(row)).length]] : []), ...verdicts.sort((one, other) => other[2] - one[2])];
      const buttons = offered.map(([value, label, count]) => make("button", { type: "button", ariaPressed: String(value === this.shown), onclick: () => this.show(value) }, label, make("span", { className: "count", textContent: count })));
      const held = [...this.tabs.children].indexOf(document.activeElement);
      this.tabs.replaceChildren(...buttons);
      if (held >= 0) buttons[held]?.focus();
      if (!this.go) return;
      const count = this.targets().length;
      this.go.textContent = `填入 ${count} 行`;
      this.go.disabled = !count;
    }

    /* A row that has just been filled in stays in sight until the filter is chosen again. */
    show(value) {
      this.shown = value;
      this.rows.forEach((row, at) => { row.hidden = !this.fits(this.data[at]); });
      this.tell();
    }

    count() { return this.data.filter((row) => this.open(row)).length; }

    next() {
      const rows = this.rows, here = rows.indexOf(this.last);
      const order = [...rows.keys()].map((at) => (at + here + 1) % rows.length);
      const at = order.find((each) => this.open(this.data[each]));
      if (at !== undefined) this.take(at);
    }

    /* Bring a row into sight, unfolded, with its first field in hand. */
    take(at) {
      const row = this.rows[at];
      if (row.hidden) this.show("");
      this.unfold(row);
      row.scrollIntoView({ block: "center" });
      (this.entry(row) || row).focus({ preventScroll: true });
      this.last = row;
    }
  }

  root.addEventListener("form-drawn", ({ detail: { form, schema, marks } }) => {
    const lists = all(schema).filter((part) => part.type === "dynamiclist" && part.path && !part.allowAddRemove).map((part) => new List(form, part, marks[part.path] || [])).filter((list) => list.box && list.data.length);
    /* The address may name a finding; one that is not listed is looked after by `by_number.js`. */
    const no = Number(/^#no(\d+)$/.exec(location.hash)?.[1]);
    const listed = no ? lists.find((list) => list.data.some((row) => row.verdict && row.no === no)) : null;
    if (listed) setTimeout(() => listed.take(listed.data.findIndex((row) => row.no === no)));
    else if (no) root.dispatchEvent(new CustomEvent("finding-not-listed", { detail: { form, schema, no } }));
    if (!lists.length) return;
    for (const list of lists) { list.draw(); list.tell(); }
    const working = lists.filter((list) => list.field && root.dataset.readonly !== "1");
    const status = root.querySelector("[data-role=open]");
    const tell = () => {
      const count = working.reduce((sum, list) => sum + list.count(), 0);
      status.replaceChildren(count ? `还有 ${count} 项未填` : "各项均已填写");
      status.nextElementSibling.hidden = !count;
    };
    if (status && working.length) {
      status.after(make("button", { type: "button", className: "small", textContent: "下一项", onclick: () => working.find((list) => list.count())?.next() }));
      tell();
    }
    form.on("changed", () => {
      for (const list of lists) list.tell();
      if (status && working.length) tell();
    });
  });
})();
