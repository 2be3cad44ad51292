import type { Answer, Between, Choice, Cited, OutboundMessage, Source, VersionOf } from "../../bots/model/index.ts";
import { scopeLine, scopeSuffix, slipsNoted, understood } from "./understood.ts";

type Answered = Extract<Answer, { kind: "answered" }>;
type Unsure = Extract<Answer, { kind: "unsure" }>;

/** 《劳动合同法》第八十二条（全国人民代表大会常务委员会，主席令第73号） */
function citation(source: Source): string {
  const details = [source.issuer, source.number].filter(Boolean).join("，");
  const title = source.title.startsWith("《") ? source.title : `《${source.title}》`;
  return `${title}${source.article ?? ""}${details ? `（${details}）` : ""}`;
}

/** Only a comparison with the source's text may be called one. */
function checkMark(source: Source | undefined): string[] {
  if (!source?.checkedOn) return [];
  return source.checkedBy === "memory"
    ? [`编写日期：${source.checkedOn}，尚未对照原文`]
    : [`核对日期：${source.checkedOn}`];
}

function sourceLines(sources: Source[]): string {
  const lines = sources.map((source) => `依据：${citation(source)}${source.url ? `\n${source.url}` : ""}`);
  const footer = [
    ...checkMark(sources[0]),
    ...(sources.some((source) => source.demonstration) ? ["示范内容，正式使用前由本市核实"] : []),
  ];
  return [...lines, ...(footer.length > 0 ? [footer.join("；")] : [])].join("\n");
}

/** A wording never stands alone: the words it rests on stand under it. */
const said = ({ text, wording, sources }: Answered): string =>
  wording === undefined ? text : `${wording}\n\n原文：“${sources[0].quote}”`;

const TO_TICKET: Choice = { id: "intake/question", label: "转工单，请人答复" };

const toShow = ({ entryId, label }: VersionOf): Choice => ({ id: `question/show/${entryId}`, label });

const apartLine = (apart: readonly VersionOf[]): string =>
  apart.length > 0 ? `\n\n${apart.map(({ label }) => label).join("、")}另有规定，如果适用请点选。` : "";

/** The matter is known, but not as it is ruled here. */
const missing = (found: Unsure, scope: string, brief: boolean): OutboundMessage => {
  const text = `${slipsNoted(found)}没有查到适用于“${scope}”的规定，不敢用别的规定来答。`;
  const near = found.nearest.length > 0 ? "下面的规定适用范围不同，仅供参考。" : "";
  if (brief) return { kind: "choices", text: text + near, choices: offered(found) };
  const choices = [...offered(found), TO_TICKET];
  return { kind: "choices", text: `${text}${near}可以转成工单，由工作人员答复您。`, choices };
};

const offered = ({ nearest }: Unsure): Choice[] =>
  nearest.map((source) => ({
    id: `question/show/${source.entryId}`,
    label: `${source.question}${scopeSuffix(source)}`,
  }));

const WHICH: Record<Between["respect"], string> = {
  region: "这件事各地区的规定不一样。您问的是哪里？",
  audience: "这件事对不同对象的规定不一样。您属于哪一种？",
  household: "这件事本市户籍和外地户籍的规定不一样。您问的是哪一种？",
  who: "这件事不同的人规定不一样。您问的是哪一种？",
  what: "这件事有几种情况。您问的是哪一种？",
};

export const questionWords = {
  ask: (): OutboundMessage[] => [
    { kind: "text", text: "请直接写您的问题，一次问一件事最清楚，比如“失业金能领几个月”。" },
  ],
  answered: (answer: Answered, brief: boolean, cited?: Cited): OutboundMessage[] => {
    const apart = answer.apart ?? [];
    const scope = scopeLine(answer.sources[0]);
    const text = `${understood(answer)}${scope}${said(answer)}\n\n${sourceLines(answer.sources)}${apartLine(apart)}`;
    const cites = cited ? { cites: cited } : {};
    if (brief && apart.length === 0) return [{ kind: "text", text, ...cites }];
    const id = answer.sources[0].entryId;
    const opinions = [
      { id: `question/helpful/${id}`, label: "有帮助" },
      { id: `question/unhelpful/${id}`, label: "没帮助" },
    ];
    const choices = [...apart.map(toShow), ...(brief ? [] : opinions)];
    return [{ kind: "choices", text, choices, ...cites }];
  },
  which: (answer: Answer, { respect, options }: Between): OutboundMessage[] => {
    const choices = options.map(toShow);
    const text = `${slipsNoted(answer)}${WHICH[respect]}`;
    return [{ kind: "choices", text, choices: [...choices, { id: "question/none", label: "都不是" }] }];
  },
  noneOfThem: (brief: boolean): OutboundMessage[] =>
    brief
      ? [{ kind: "text", text: "好的，那请换个说法再问一次，写得具体一点。" }]
      : [
          {
            kind: "choices",
            text: "好的，那请换个说法再问一次，写得具体一点；也可以转成工单，由工作人员答复您。",
            choices: [TO_TICKET],
          },
        ],
  unsure: (found: Unsure, brief: boolean): OutboundMessage[] => {
    const { nearest, understoodAs, missingFor } = found;
    if (missingFor !== undefined) return [missing(found, missingFor, brief)];
    const choices = offered(found);
    const what = understoodAs ? `“${understoodAs}”这个问题` : "这个问题";
    const text =
      nearest.length > 0
        ? `${what}我没有把握，不敢随便答。您想问的是不是下面这些？都不是的话，可以转成工单，由工作人员答复您。`
        : `${what}我没有查到可靠的依据，不敢随便答。可以转成工单，由工作人员答复您；也可以换个说法再问一次。`;
    if (brief && choices.length === 0) {
      return [
        {
          kind: "text",
          text: "这个问题我没有查到可靠的依据，不敢随便答。等这份诉求填完，可以再问一次或转给工作人员。",
        },
      ];
    }
    const before = slipsNoted(found);
    return [{ kind: "choices", text: before + text, choices: brief ? choices : [...choices, TO_TICKET] }];
  },
  withdrawn: (): OutboundMessage[] => [
    { kind: "text", text: "这条内容已经停用或过期，不能再作为答复。请把问题再写一次，我重新查。" },
  ],
  /** In place of an answer that waited on its way, or that was to be said again, while the entry changed. */
  outdated: (): OutboundMessage => ({
    kind: "text",
    text: "原来的答复所依据的内容刚刚修改或停用，不能再作为答复。请把问题再写一次，我重新查。",
  }),
  /** To who was answered from what has been corrected since. `words` are the publisher's. */
  correction: (source: Source, words: string): OutboundMessage => ({
    kind: "text",
    text: `您之前问过“${source.question}”，当时的答复有更正，请以这次为准：\n${words}\n\n${sourceLines([source])}`,
    ...(source.version === undefined ? {} : { cites: { entryId: source.entryId, version: source.version } }),
  }),
  helpful: (): OutboundMessage[] => [{ kind: "text", text: "好的，谢谢反馈。还有问题可以继续问。" }],
  unhelpful: (canBecomeTicket: boolean): OutboundMessage[] => [
    canBecomeTicket
      ? {
          kind: "choices",
          text: "抱歉没帮上忙，已经记下来请知识库编辑改进。可以换个说法再问，或者转成工单由工作人员答复您。",
          choices: [TO_TICKET],
        }
      : { kind: "text", text: "抱歉没帮上忙，已经记下来请知识库编辑改进。可以换个说法再问一次。" },
  ],
};
