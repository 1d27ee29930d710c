/* Draws a form with form-js, uploads its files, submits once, and says in words what went wrong. */
"use strict";
(() => {
  const root = document.querySelector("[data-form]");
  if (!root) return;
  const part = (role) => root.querySelector(`[data-role=${role}]`);
  const button = part("submit"), status = part("status"), message = part("message"), noted = part("kept");
  const readonly = root.dataset.readonly === "1";
  let token = document.querySelector("meta[name=csrf-token]").content;
  let form, busy = false;

  class Problem extends Error {
    constructor(body, code) { super(body.title || "没有成功"); this.body = body; this.code = code; }
  }

  async function call(address, options = {}, retried = false) {
    let answer;
    try {
      answer = await fetch(address, { credentials: "same-origin", ...options, headers: { "X-CSRF-Token": token, ...options.headers } });
    } catch {
      throw new Problem({ title: "网络不通，没有送达", lost: "填写的内容仍在本页。", advice: "请检查网络后再提交。" }, 0);
    }
    if (answer.ok) return answer.json();
    const body = await answer.json().catch(() => ({}));
    if (answer.status === 403 && !retried && options.method && (await renewToken())) return call(address, options, true);
    throw new Problem(body, answer.status);
  }

  /* Somebody who signed in again in another tab has a new token; what was typed here must not be lost for that. */
  async function renewToken() {
    const answer = await fetch("/api/session", { credentials: "same-origin" });
    /* Signed out elsewhere: the reason is that, and the way back is a sign-in in another tab. */
    if (answer.status === 401) throw new Problem(await answer.json().catch(() => ({})), 401);
    if (!answer.ok) return false;
    const renewed = (await answer.json()).csrf_token, changed = renewed !== token;
    token = renewed;
    return changed;
  }

  function say(kind, title, ...lines) {
    message.className = `notice ${kind}`;
    message.replaceChildren(Object.assign(document.createElement("b"), { textContent: title }));
    for (const line of lines.filter(Boolean)) message.append(document.createElement("br"), line);
    message.hidden = false;
    message.scrollIntoView({ block: "nearest" });
  }

  function explain(problem) {
    if (!(problem instanceof Problem)) throw problem;
    const body = problem.body, detail = body.detail && body.detail !== body.title ? body.detail : "";
    say("bad", problem.message, detail, body.lost, body.advice);
    if (problem.code === 401) {
      const link = Object.assign(document.createElement("a"), { href: "/login?next=/tasks", target: "_blank", rel: "noopener", textContent: "在新标签页登录" });
      message.append(document.createElement("br"), "填写的内容仍在本页。请", link, "，然后回到这里再提交。");
    }
  }

  function setBusy(value, text) {
    busy = value;
    if (button) button.disabled = value;
    if (status && text) status.textContent = text;
  }

  async function upload(file) {
    const headers = { "X-File-Name": encodeURIComponent(file.name), "Content-Type": file.type || "application/octet-stream" };
    return call("/api/documents", { method: "POST", headers, body: file });
  }

  /* A filepicker leaves "files::<id>" in the data; what the process wants is the list of references to the stored files. */
  async function withReferences(value, files) {
    if (typeof value === "string" && files.has(value)) {
      const references = [];
      for (const file of files.get(value)) {
        if (status) status.textContent = `正在上传 ${file.name} ……`;
        references.push(await upload(file));
      }
      return references;
    }
    if (Array.isArray(value)) return Promise.all(value.map((item) => withReferences(item, files)));
    if (value && typeof value === "object") {
      const entries = [];
      for (const [key, item] of Object.entries(value)) entries.push([key, await withReferences(item, files)]);
      return Object.fromEntries(entries);
    }
    return value;
  }

  async function submit() {
    if (busy) return;
    message.hidden = true;
    const { data, errors, files } = form.submit();
    const wrong = Object.keys(errors).length;
    if (wrong) {
      say("warn", `有 ${wrong} 处没有填好`, "请按红字提示补充后再提交。填写的内容都在。");
      root.querySelector(".fjs-has-errors input, .fjs-has-errors textarea, .fjs-has-errors [tabindex]")?.focus();
      return;
    }
    clearTimeout(saving);
    setBusy(true, "正在提交……");
    try {
      const variables = await withReferences(data, files || new Map());
      if (status) status.textContent = "正在提交……";
      const answer = await call(root.dataset.submit, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ variables }) });
      sessionStorage.removeItem(root.dataset.draft);
      status.textContent = "已提交。";
      location.assign(answer.next);
    } catch (problem) {
      setBusy(false, "没有提交成功，填写的内容仍在本页。");
      explain(problem);
    }
  }

  /* What was typed survives a reload of the tab, and at the server the tab's end and another desk; files cannot be kept
     and are picked again. What the tab has not sent yet is newer than what the server has. */
  function draft(data, kept) {
    const held = JSON.parse(sessionStorage.getItem(root.dataset.draft) || "null");
    if (readonly || !(held || kept)) return data;
    if (kept && !held?.unsent && noted) noted.textContent = `已恢复 ${kept.saved} 保存的草稿`;
    return { ...data, ...(kept && !held?.unsent ? kept.data : held.data) };
  }

  /* Writing a long form is work, not idleness: the session is told so now and then. */
  let lastSign = Date.now();
  function stayAwake() {
    if (Date.now() - lastSign < 300000) return;
    lastSign = Date.now();
    fetch("/api/session", { credentials: "same-origin" }).catch(() => {});
  }

  const PAUSE = 2000;
  let saving, unsent = null;
  function hold(data, isUnsent) {
    const text = JSON.stringify({ data, unsent: isUnsent }, (_, value) => (typeof value === "string" && value.startsWith("files::") ? undefined : value));
    if (text.length < 500000) sessionStorage.setItem(root.dataset.draft, text);
    return text;
  }

  function keepDraft(data) {
    stayAwake();
    hold(data, Boolean(root.dataset.keep));
    if (!root.dataset.keep) return;
    unsent = data;
    clearTimeout(saving);
    saving = setTimeout(sendDraft, PAUSE);
  }

  /* Said quietly: whoever goes on typing is not to be held up by a server that is away for a moment. */
  async function sendDraft() {
    const data = unsent;
    if (!data || busy) return;
    try {
      const { data: variables } = JSON.parse(hold(data, true));
      const { saved } = await call(root.dataset.keep, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ variables }) });
      if (unsent !== data || busy) return;
      unsent = null;
      hold(data, false);
      noted.textContent = `草稿已保存 ${saved.slice(-5)}`;
      noted.title = "退出、换电脑后都能接着填";
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (!busy) noted.textContent = `草稿只保存在本页：${problem.message}`;
    }
  }

  const WORDS = [
    [/^Field is required\.$/, "请填写此项。"],
    [/^Field must match pattern .*$/, "格式不对，请按说明填写。"],
    [/^Field must have maximum length of (\d+)\.$/, "不能超过 $1 个字。"],
    [/^Field must have minimum length of (\d+)\.$/, "不能少于 $1 个字。"],
    [/^Field must have maximum value of (.+)\.$/, "不能大于 $1。"],
    [/^Field must have minimum value of (.+)\.$/, "不能小于 $1。"],
    [/^yyyy\/mm\/dd$/, "年/月/日"], [/^Select$/, "请选择"], [/^No results$/, "没有可选项"], [/^No files selected$/, "未选择文件"], [/^Browse$/, "选择文件"], [/^Upload$/, "选择文件"],
    [/^Expand all \((\d+)\)$/, "展开全部（$1）"], [/^Show all \((\d+)\)$/, "展开全部（$1）"], [/^Show less$/, "收起"], [/^Collapse$/, "收起"], [/^Remove file$/, "移除文件"], [/^Add new$/, "添加一项"], [/^(\d+) files? selected$/, "已选择 $1 个文件"],
  ];

  /* form-js speaks English only; its few fixed sentences are put into Chinese as they appear. */
  function translate(node) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.parentElement.closest("textarea, .fjs-form-field-text")) continue;
      const found = WORDS.find(([pattern]) => pattern.test(text.data.trim()));
      if (found) text.data = text.data.trim().replace(found[0], found[1]);
    }
    for (const remove of node.querySelectorAll?.("[aria-label^='Remove list item']") || []) remove.title = remove.ariaLabel = remove.ariaLabel.replace(/^Remove list item (\d+)$/, "移除第 $1 项");
    for (const input of node.querySelectorAll?.("[placeholder]") || []) {
      const found = WORDS.find(([pattern]) => pattern.test(input.placeholder));
      if (found) input.placeholder = input.placeholder.replace(found[0], found[1]);
    }
  }

  async function open() {
    const place = part("form");
    try {
      const { schema, data, marks = {}, draft: kept } = await call(root.dataset.form);
      place.replaceChildren();
      form = new FormViewer.Form({ container: place });
      new MutationObserver(() => translate(place)).observe(place, { childList: true, subtree: true, characterData: true });
      await form.importSchema(schema, draft(data, kept));
      if (readonly) form.setProperty("readOnly", true);
      translate(place);
      /* form-js folds long lists after five rows; a required field in a fold could neither be seen nor filled in. */
      for (const fold of place.querySelectorAll(".fjs-repeat-render-collapse")) fold.click();
      root.dispatchEvent(new CustomEvent("form-drawn", { detail: { form, schema, marks } }));
      form.on("changed", ({ data: current }) => { if (!readonly && !busy) keepDraft(current); });
      root.dataset.ready = "1";
    } catch (problem) {
      place.replaceChildren();
      if (button) button.hidden = true;
      explain(problem);
    }
  }

  /* Leaving a field may show or hide a line of red text, which would move the button away from under the pointer before
     the click counts. So the pointer does not take the focus; the field is left, and its text kept, when the click comes. */
  button?.addEventListener("mousedown", (event) => event.preventDefault());
  button?.addEventListener("click", () => { document.activeElement?.blur(); submit(); });
  addEventListener("visibilitychange", () => { if (document.hidden && unsent) sendDraft(); });
  root.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); submit(); }, true);
  open();
})();
