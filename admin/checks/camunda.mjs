// Camunda's own linters over the files of one tree. Called by admin/checks/camunda.py; prints one JSON list.
// usage: node camunda.mjs <folder of node_modules> <file> …
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

// The form linter is written for bundlers: modules without file endings, in a package that does not say they are modules.
const hooks = `
  export const resolve = (name, context, next) =>
    context.parentURL?.includes("/@camunda/form-linting/") && name.startsWith(".")
      ? next(name, context).catch(() => next(name + ".js", context)).catch(() => next(name + "/index.js", context))
      : next(name, context);
  export const load = (url, context, next) =>
    next(url, url.includes("/@camunda/form-linting/") ? { ...context, format: "module" } : context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { BpmnModdle } = await load("bpmn-moddle");
const { DmnModdle } = await load("dmn-moddle");
const { Linter } = await load("bpmnlint");
const { default: NodeResolver } = await load("bpmnlint/lib/resolver/node-resolver.js");
const { FormLinter } = await load("@camunda/form-linting");
const zeebe = require("zeebe-bpmn-moddle/resources/zeebe.json");

// The two attributes by which Modeler knows what a file is meant for.
const modeler = (family) => ({
  name: "Modeler",
  prefix: "modeler",
  uri: "http://camunda.org/schema/modeler/1.0",
  xml: { tagAlias: "lowerCase" },
  types: [
    {
      name: "Definitions",
      extends: [`${family}:Definitions`],
      properties: ["executionPlatform", "executionPlatformVersion"].map((name) => ({ name, isAttr: true, type: "String" })),
    },
  ],
});

const findings = [];
const complain = (file, element, rule, message) => findings.push({ file, element: element ?? "", rule, message });

async function roundTrip(file, text, moddle) {
  const { rootElement, warnings } = await moddle.fromXML(text);
  for (const warning of warnings) complain(file, "", "import", warning.message);
  const { xml } = await moddle.toXML(rootElement, { format: true });
  if (xml.trimEnd() !== text.trimEnd()) {
    const [ours, theirs] = [text.split("\n"), xml.split("\n")];
    const line = ours.findIndex((content, index) => content !== theirs[index]) + 1;
    complain(file, "", "canonical", `line ${line}`);
  }
  return rootElement;
}

async function checkDiagram(file, text) {
  const rootElement = await roundTrip(file, text, new BpmnModdle({ zeebe, modeler: modeler("bpmn") }));
  const executable = rootElement.rootElements.some((element) => element.isExecutable);
  const config = { extends: ["bpmnlint:recommended", ...(executable ? ["plugin:camunda-compat/camunda-cloud-8-8"] : [])] };
  const resolver = new NodeResolver({ require, requireLocal: createRequire(require.resolve("bpmnlint/lib/resolver/node-resolver.js")) });
  const results = await new Linter({ config, resolver }).lint(rootElement, config);
  for (const [rule, reports] of Object.entries(results)) {
    for (const { id, message } of reports) complain(file, id, rule, message);
  }
}

async function checkDecision(file, text) {
  await roundTrip(file, text, new DmnModdle({ modeler: modeler("dmn") }));
}

function checkForm(file, text) {
  for (const { id, message, category } of new FormLinter().lint(text)) complain(file, id, `form-${category}`, message);
}

for (const file of files) {
  const text = readFileSync(file, "utf-8");
  try {
    if (file.endsWith(".bpmn")) await checkDiagram(file, text);
    else if (file.endsWith(".dmn")) await checkDecision(file, text);
    else if (file.endsWith(".form")) checkForm(file, text);
  } catch (error) {
    complain(file, "", "import", error.message);
  }
}
console.log(JSON.stringify(findings));
