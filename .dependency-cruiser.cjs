// The floors of the house as rules: wings stand on the ground and never meet, the roof knows all, nobody imports the roof.
const wing = "^(adapters|flows|knowledge)/";

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$", "^\\.dependency-cruiser\\.cjs$", "\\.config\\.ts$"] },
      to: {},
    },
    { name: "ground-imports-only-ground", severity: "error", from: { path: "^bots/" }, to: { pathNot: "^bots/" } },
    { name: "wings-never-meet", severity: "error", from: { path: wing }, to: { path: wing, pathNot: "^$1/" } },
    {
      name: "nobody-imports-the-roof",
      severity: "error",
      from: { path: "^(bots|adapters|flows|knowledge)/" },
      to: { path: "^server/" },
    },
    {
      name: "channels-never-meet",
      severity: "error",
      from: { path: "^adapters/([^/]+)/" },
      to: { path: "^adapters/([^/]+)/", pathNot: "^adapters/($1|shared)/" },
    },
    {
      name: "the-mini-program-is-its-own-bundle",
      comment: "it runs inside WeChat: nothing of the server comes along, and nothing of the server needs it",
      severity: "error",
      from: { path: "^adapters/mini-program/client/" },
      to: { pathNot: "^adapters/mini-program/client/" },
    },
    {
      name: "the-mini-program-protocol-knows-no-wechat",
      severity: "error",
      from: { path: "^adapters/mini-program/client/protocol/" },
      to: { pathNot: "^adapters/mini-program/client/protocol/" },
    },
    {
      name: "nobody-imports-the-mini-program-client",
      severity: "error",
      from: { pathNot: "^(adapters/mini-program/client|test)/" },
      to: { path: "^adapters/mini-program/client/" },
    },
    {
      name: "only-the-wiring-picks-channels",
      severity: "error",
      from: {
        path: "^server/",
        pathNot: "^server/(compose|start|cli)\\.ts$|^server/(compose|channels|commands|http/direct-line|store)/",
      },
      to: { path: "^adapters/" },
    },
    {
      name: "the-desk-is-a-guest",
      comment: "the bot's side knows the desk only as a DispatchClient",
      severity: "error",
      from: {
        path: "^server/",
        pathNot: "^server/(desk|dispatch|http/open311|http/desk|compose|house|commands)(/|\\.ts)",
      },
      to: { path: "^server/desk/" },
    },
    {
      name: "shipped-code-never-imports-tests",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "shipped-code-needs-only-dependencies",
      severity: "error",
      from: { path: "^(bots|adapters|flows|knowledge|server)/", pathNot: "^server/web/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "one-file-knows-langchain",
      comment: "everybody else asks the port LanguageModel",
      severity: "error",
      from: { path: "^(bots|adapters|flows|knowledge|server)/", pathNot: "^knowledge/model\\.ts$" },
      to: { path: "^node_modules/(langchain|@langchain|langsmith|openai)/" },
    },
    {
      name: "the-language-model-is-loaded-late",
      comment: "start and memory without a model stay as they are",
      severity: "error",
      from: { path: "^(bots|adapters|flows|knowledge|server)/" },
      to: { path: "^knowledge/model\\.ts$", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "one-folder-knows-the-bot-framework",
      comment: "its library is archived; docs/adr/0014-bot-framework-behind-one-folder.md",
      severity: "error",
      from: { path: "^(bots|adapters|flows|knowledge|server)/", pathNot: "^adapters/bot-framework/" },
      to: { path: "^node_modules/(botbuilder|botframework-)" },
    },
    {
      name: "the-bot-framework-is-loaded-late",
      comment: "start and memory without the channel stay as they are",
      severity: "error",
      from: { path: "^adapters/bot-framework/" },
      to: { path: "^node_modules/botbuilder/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "one-file-knows-wechaty",
      comment: "three hundred packages stay behind it, and are loaded late",
      severity: "error",
      from: { path: "^(bots|adapters|flows|knowledge|server)/", pathNot: "^adapters/wechaty/client\\.ts$" },
      to: { path: "^node_modules/wechaty" },
    },
    {
      name: "files-are-read-in-a-thread",
      comment:
        "a file that is broken or hostile must not hold up or end the server; docs/adr/0017-files-read-in-a-thread.md",
      severity: "error",
      from: { path: "^server/", pathNot: "^server/knowledge/import/worker\\.ts$" },
      to: {
        path: "^knowledge/import/((read|pdf|html|csv|zip)\\.ts|docx/|xlsx/)",
        dependencyTypesNot: ["type-only"],
      },
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
