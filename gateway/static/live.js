/* The live diagram and the list of steps: drawn once, then only what changed is touched, so nothing flickers. */
"use strict";
(() => {
  const box = document.querySelector("[data-diagram]");
  if (!box) return;
  const key = box.dataset.diagram, panel = document.querySelector("[data-progress]");
  const QUICK = 1000, CALM = 5000, SLOWEST = 30000, READABLE = 0.64;
  let viewer, marked = new Map(), tokens = "", pause = QUICK, quietRounds = 0, touched = false, standing = "", current = "";

  const time = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
  const read = async (address) => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw Object.assign(new Error(address), { status: answer.status });
    return answer;
  };

  async function draw(definition) {
    viewer = new BpmnJS({ container: box });
    await viewer.importXML(await (await read(`/api/definitions/${definition}/bpmn`)).text());
    shape();
    fit();
    for (const sign of ["pointerdown", "wheel"]) box.addEventListener(sign, () => { touched = true; }, { passive: true });
    for (const button of box.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(button.dataset.zoom));
  }

  /* A box for the whole diagram is as high as the diagram is at its width. */
  function shape() {
    if (!box.classList.contains("whole") || box.clientWidth <= 700) return;
    const inner = viewer.get("canvas").viewbox().inner;
    box.style.height = `${Math.round(Math.min(460, Math.max(210, (box.clientWidth * inner.height) / inner.width + 70)))}px`;
    viewer.get("canvas").resized();
  }

  /* Where there is room the whole diagram is shown; in a narrow box it would be too small, so the part where the work is. */
  function fit(around) {
    const canvas = viewer.get("canvas"), whole = box.classList.contains("whole") && box.clientWidth > 700;
    canvas.zoom("fit-viewport", "auto");
    if (!whole && canvas.zoom() < READABLE) centre(around);
  }

  function centre(around) {
    const canvas = viewer.get("canvas"), element = around && viewer.get("elementRegistry").get(around);
    canvas.zoom(Math.max(canvas.zoom(), READABLE));
    const view = canvas.viewbox(), inner = view.inner;
    const middle = element?.x !== undefined ? { x: element.x + element.width / 2, y: element.y + element.height / 2 } : { x: inner.x + view.width / 2, y: inner.y + inner.height / 2 };
    canvas.viewbox({ x: middle.x - view.width / 2, y: middle.y - view.height / 2, width: view.width, height: view.height });
  }

  function zoom(way) {
    const canvas = viewer.get("canvas");
    if (way === "fit") canvas.zoom("fit-viewport", "auto");
    else if (way === "now") centre(current);
    else canvas.zoom(canvas.zoom() * (way === "in" ? 1.25 : 0.8));
  }

  function marks(state) {
    const wanted = new Map(), bad = new Set(state.incidents.map((incident) => incident.element));
    for (const [id, count] of Object.entries(state.elements)) {
      if (bad.has(id) || count.incidents) wanted.set(id, "is-bad");
      else if (count.active) wanted.set(id, "is-live");
      else if (count.completed) wanted.set(id, "is-done");
    }
    for (const id of state.flows) wanted.set(id, "is-taken");
    return wanted;
  }

  function paint(state) {
    const canvas = viewer.get("canvas"), registry = viewer.get("elementRegistry"), wanted = marks(state);
    for (const [id, name] of marked) if (wanted.get(id) !== name) canvas.removeMarker(id, name);
    for (const [id, name] of wanted) if (registry.get(id) && marked.get(id) !== name) canvas.addMarker(id, name);
    marked = new Map([...wanted].filter(([id]) => registry.get(id)));
    const places = Object.entries(state.elements).filter(([id, count]) => count.active && registry.get(id) && registry.get(id).type !== "bpmn:Process");
    const drawn = JSON.stringify(places);
    if (drawn === tokens) return;
    tokens = drawn;
    const overlays = viewer.get("overlays");
    overlays.clear();
    for (const [id, count] of places) {
      const html = Object.assign(document.createElement("div"), { className: `token ${count.incidents ? "bad" : ""}`, textContent: count.active, title: "正在这一步" });
      overlays.add(id, "token", { position: { top: -12, left: -12 }, html });
    }
    current = places[0]?.[0] || "";
    box.querySelector("[data-zoom=now]").hidden = !current;
    if (!touched && current) fit(current);
  }

  const item = (step) => {
    const line = Object.assign(document.createElement("li"), { className: step.state });
    line.append(Object.assign(document.createElement("span"), { textContent: step.name }), Object.assign(document.createElement("time"), { textContent: step.at ? time.format(new Date(step.at)) : "" }));
    return line;
  };

  function stopped(state) {
    const at = state.steps.find((step) => step.element === state.incidents[0].element);
    return `流程停在“${at ? at.name : "自动处理"}”这一步，已提交的材料都在。请把项目名称告诉系统管理员，管理员在“运行”页面处理后会自动继续。`;
  }

  /* A page without the list of steps says it above the diagram. */
  function warn(state) {
    const place = document.querySelector("[data-trouble]");
    if (!place) return;
    place.hidden = !state.incidents.length;
    place.textContent = state.incidents.length ? stopped(state) : "";
  }

  const nameOf = (state, element) => state.steps.find((step) => step.element === element)?.name || element;

  function outcome(state) {
    if (state.incidents.length) return ["bad", stopped(state)];
    if (state.state === "COMPLETED") return ["good", "流程已办结。"];
    if (state.state === "TERMINATED") return ["warn", "流程已终止。"];
    const waiting = state.waiting[0];
    if (!waiting) return ["", ""];
    if (state.refusal && (waiting.mine || waiting.free)) return ["warn", `送审文件没有通过检查：${state.refusal}`, `/tasks/${waiting.task}`];
    if (waiting.mine || waiting.free) return ["good", `下一步：${waiting.name}`, `/tasks/${waiting.task}`];
    return ["good", `已转到“${waiting.name}”，由${waiting.holder || waiting.groups.join("、")}办理。`];
  }

  function tellNow(state) {
    const now = document.querySelector("[data-role=now]");
    if (now) now.textContent = [...new Set(state.steps.filter((step) => step.state === "live" || step.state === "bad").map((step) => step.name))].map((name) => `当前：${name}`).join("　");
  }

  function list(state) {
    tellNow(state);
    if (!panel) return;
    const part = (role) => panel.querySelector(`[data-role=${role}]`);
    const steps = part("steps"), fresh = state.steps.map(item), said = part("outcome");
    const same = steps.childElementCount === fresh.length && fresh.every((line, at) => line.isEqualNode(steps.children[at]));
    if (!same) steps.replaceChildren(...fresh);
    const live = state.steps.some((step) => step.state === "live");
    const [kind, words, address] = outcome(state);
    const human = state.steps.filter((step) => step.state === "live").every((step) => marked.get(step.element) === "is-live") && !state.waiting.length;
    const waits = !words && live && quietRounds > 4 && human;
    part("bar").hidden = Boolean(words) || waits;
    part("state").textContent = words ? "已有进展" : waits ? "等待他人办理" : "正在自动处理……";
    const text = waits ? "已转到下一步，由相关人员办理，办结后可在项目档案中查看。" : words;
    if (said.dataset.text === text) return;
    said.dataset.text = text;
    said.className = text ? `notice ${kind || "good"}` : "";
    said.replaceChildren(text);
    if (address) said.append("　", Object.assign(document.createElement("a"), { href: address, textContent: state.refusal ? "去更正" : "去办理", className: "button primary small" }));
  }

  async function round() {
    try {
      const state = await (await read(`/api/instances/${key}/progress`)).json();
      const before = tokens, known = standing;
      standing = state.state + JSON.stringify(state.elements);
      if (!viewer) await draw(state.definition);
      paint(state);
      quietRounds = before === tokens ? quietRounds + 1 : 0;
      list(state);
      warn(state);
      if (known && known !== standing) await refresh();
      box.dataset.ready = "1";
      if (state.state !== "ACTIVE") return;
      pause = quietRounds < 10 ? QUICK : CALM;
    } catch (error) {
      /* Where something is being filled in, the page stays: its form says itself that the sign-in is over, and keeps all. */
      if (error.status === 401 && !document.querySelector("[data-form]")) return location.reload();
      if (error.status === 404 || error.status === 403) return hide();
      pause = Math.min(pause * 2, SLOWEST);
    }
    setTimeout(round, document.hidden ? SLOWEST : pause);
  }

  /* The process has moved: take over what the page now says beside the diagram, and only that. */
  async function refresh() {
    const fresh = new DOMParser().parseFromString(await (await read(location.href)).text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.querySelector(`[data-live=${part.dataset.live}]`);
      if (now && !now.isEqualNode(part)) part.replaceWith(now);
    }
  }

  function hide() {
    const said = Object.assign(document.createElement("p"), { className: "waiting", textContent: "暂时不能显示流程图：流程记录已归档，或不在您的查阅范围内。" });
    box.replaceChildren(said);
    box.style.height = "auto";
    box.style.padding = "0 16px";
  }

  round();
})();
