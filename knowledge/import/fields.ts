/** What a column of a table can be. Dots lead into the source of an entry. */
export const fields = [
  "id",
  "question",
  "title",
  "text",
  "similar",
  "source.title",
  "source.issuer",
  "source.number",
  "source.article",
  "source.url",
  "source.checkedOn",
  "source.checkedBy",
  "validFrom",
  "validTo",
  "category",
  "region",
  "audience",
  "owner",
  "reviewOn",
  "tests",
  "demonstration",
  "status",
] as const;
export type Field = (typeof fields)[number];

/** For each column of a table the field it is read as; null: left out. */
export type Mapping = (Field | null)[];

/** What the column is called in an export, and by what other names it is known in an import. */
const NAMES: Readonly<Record<Field, readonly [string, ...string[]]>> = {
  id: ["编号", "id", "序列号", "条目编号", "知识编号", "知识id", "标识", "key"],
  question: ["问题", "标准问题", "标准问", "主问题", "提问", "咨询问题", "问", "question", "q", "faq", "query"],
  title: ["标题", "题目", "名称", "知识标题", "知识名称", "文件名称", "主题", "title", "name", "subject"],
  text: [
    "答案",
    "内容",
    "正文",
    "回答",
    "答复",
    "标准答案",
    "答复内容",
    "知识内容",
    "解答",
    "答复口径",
    "口径",
    "条文",
    "text",
    "answer",
    "content",
    "body",
    "a",
    "reply",
  ],
  similar: [
    "相似问",
    "相似问题",
    "相似问法",
    "扩展问",
    "扩展问题",
    "近似问",
    "同义问",
    "其他问法",
    "类似问题",
    "similar",
    "similar questions",
    "paraphrases",
    "variants",
    "alternatives",
  ],
  "source.title": [
    "依据",
    "来源",
    "政策依据",
    "法律依据",
    "文件依据",
    "政策文件",
    "政策名称",
    "文件",
    "出处",
    "文件标题",
    "source",
    "source title",
    "policy",
    "reference",
    "document",
  ],
  "source.issuer": [
    "发文机关",
    "发文单位",
    "发布机关",
    "发布单位",
    "发布机构",
    "制定机关",
    "印发单位",
    "issuer",
    "issued by",
    "agency",
    "publisher",
  ],
  "source.number": [
    "文号",
    "发文字号",
    "文件号",
    "文件编号",
    "发文文号",
    "document number",
    "doc number",
    "doc no",
    "number",
    "no.",
  ],
  "source.article": ["条款", "条", "条目", "依据条款", "所在条款", "article", "clause", "section"],
  "source.url": ["链接", "网址", "原文链接", "来源链接", "地址链接", "url", "link", "source url"],
  "source.checkedOn": [
    "核对日期",
    "审核日期",
    "核实日期",
    "校对日期",
    "审核时间",
    "checked on",
    "checkedon",
    "checked",
    "verified on",
  ],
  "source.checkedBy": ["核对方式", "checked by", "checkedby"],
  validFrom: [
    "生效日期",
    "施行日期",
    "实施日期",
    "开始日期",
    "有效期起",
    "生效时间",
    "起始日期",
    "启用日期",
    "valid from",
    "validfrom",
    "effective from",
    "effective date",
    "effective",
    "start date",
  ],
  validTo: [
    "失效日期",
    "截止日期",
    "终止日期",
    "结束日期",
    "有效期止",
    "有效期至",
    "失效时间",
    "到期日期",
    "废止日期",
    "valid to",
    "validto",
    "valid until",
    "expires",
    "expiry date",
    "end date",
  ],
  category: ["分类", "类别", "类目", "知识分类", "所属分类", "事项分类", "category", "type", "class"],
  region: ["区域", "地区", "适用地区", "适用区域", "行政区", "行政区划", "所属区域", "region", "area", "district"],
  audience: ["适用对象", "服务对象", "面向对象", "受众", "audience", "applies to"],
  owner: [
    "责任部门",
    "责任单位",
    "主管部门",
    "归口部门",
    "牵头部门",
    "负责部门",
    "维护部门",
    "提供单位",
    "owner",
    "department",
    "responsible",
  ],
  reviewOn: ["复审日期", "下次审核日期", "下次复审日期", "复核日期", "review on", "reviewon", "next review"],
  tests: ["测试问题", "测试问", "tests", "test questions"],
  demonstration: ["演示数据", "demonstration", "demo"],
  status: ["状态", "发布状态", "status", "state"],
};

/** Of an export. A text that does not fit into one cell goes on in columns of the same name with a number behind. */
export const columnName = (field: Field): string => NAMES[field][0];

const plain = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[（(【[].*?[）)】\]]/g, "")
    .replace(/[_*：:\s]+/g, " ")
    .trim();

const BY_NAME = new Map(fields.flatMap((field) => NAMES[field].map((name) => [name, field] as const)));

/** 相似问1, 相似问 2, 答案（续2）: one field over several columns. */
const SEVERAL: readonly Field[] = ["similar", "text"];

/** What each column most likely is, by its name; each field once but for those that may take several columns. */
export function guessMapping(columns: readonly string[]): Mapping {
  const taken = new Set<Field>();
  return columns.map((column) => {
    const name = plain(column);
    const field = BY_NAME.get(name) ?? several(name);
    if (!field || (taken.has(field) && !SEVERAL.includes(field))) return null;
    taken.add(field);
    return field;
  });
}

function several(name: string): Field | undefined {
  const field = BY_NAME.get(name.replace(/\s*\d+$/, ""));
  return field && SEVERAL.includes(field) ? field : undefined;
}
