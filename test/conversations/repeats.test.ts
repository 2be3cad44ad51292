import { describe, expect } from "vitest";
import { deskTicket, everything, filesAs, liJoins, liTells, ouyangFiles, unitOf } from "./neighbours.ts";
import {
  another,
  bot,
  check,
  citizen,
  never,
  photo,
  pickClassIfAsked,
  press,
  transcript,
  unit,
  withHouse,
} from "./transcript.ts";

withHouse();

describe("邻居反映的同一件事", () => {
  transcript("加入：同一个编号，各有各的内容和联系方式", [
    ouyangFiles,
    ...liJoins,
    check((talk) => {
      expect(talk.numbers).toEqual(talk.others.get("欧阳女士")?.numbers);
      const { ticket, joiners } = deskTicket(talk);
      expect(ticket.voices).toBe(2);
      expect(ticket.contact?.phone).toBe("13800000001");
      expect(joiners).toMatchObject([
        {
          contact: { name: "李先生", phone: "13900000002" },
          body: { description: expect.stringContaining("没人抽") as string },
        },
      ]);
    }),
  ]);

  transcript("加入之前看不到别人的一个字、名字、电话、详细地址和编号，加入之后也看不到别人的话", [
    ouyangFiles,
    unitOf("欧阳女士", "accept"),
    unitOf("欧阳女士", "reply", "已电话联系欧阳女士（13800000001），下午抽水。"),
    ...liTells,
    check((talk) => {
      const number = talk.others.get("欧阳女士")?.numbers[0] ?? "none";
      for (const secret of [number, "滑倒", "我妈", "欧阳女士", "13800000001", "北门外"]) {
        expect(everything(talk)).not.toContain(secret);
      }
    }),
    press("加入"),
    citizen("匿名提交"),
    citizen("确认提交"),
    bot(/已加入工单/),
    citizen("我的工单"),
    bot(/已答复/),
    check((talk) => {
      for (const secret of ["滑倒", "欧阳女士", "13800000001", "电话联系"])
        expect(everything(talk)).not.toContain(secret);
    }),
  ]);

  transcript("单位的答复每人说一次，不带出别人的姓名电话", [
    ouyangFiles,
    ...liJoins,
    unit("accept"),
    bot(/有进展/),
    unit("reply", "已与欧阳女士（13800000001）和李先生核实，明天修路。"),
    bot(/有答复了[\s\S]*明天修路/),
    unit("close", "路面已垫平。"),
    bot(/已办结[\s\S]*垫平/),
    another("欧阳女士", []),
    check((talk) => {
      const both = [talk, ...talk.others.values()];
      for (const { heard } of both) {
        for (const words of [/有进展/, /有答复了/, /已办结。/]) {
          expect(heard.filter((message) => words.test(message.text))).toHaveLength(1);
        }
      }
      expect(everything(talk)).not.toMatch(/欧阳女士|13800000001/);
    }),
  ]);

  transcript("不加入：单独登记，这份诉求里不再问", [
    ouyangFiles,
    ...liTells,
    press("不加入，单独登记"),
    bot(/单独登记[\s\S]*称呼和电话/),
    citizen("李先生 13900000002"),
    bot(/请核对/),
    never(/加入附近/),
    citizen("补充一点：水已经没过脚面了"),
    never(/附近已有/),
    citizen("确认提交"),
    bot(/登记成功，受理编号/),
    check((talk) => expect(talk.numbers).not.toEqual(talk.others.get("欧阳女士")?.numbers)),
  ]);

  for (const [answer, outcome] of [
    ["1", /好的，加入这一件/],
    ["我也是，加入吧", /好的，加入这一件/],
    ["好的", /好的，加入这一件/],
    ["是同一件事", /好的，加入这一件/],
    ["2", /好的，单独登记/],
    ["不用了", /好的，单独登记/],
    ["不是同一件", /好的，单独登记/],
    ["不加入，单独登记", /好的，单独登记/],
  ] as const) {
    transcript(`回答“${answer}”`, [ouyangFiles, ...liTells, citizen(answer), bot(outcome), never(/附近已有/)]);
  }

  transcript("还没回答就报了电话：当作单独登记，电话不用再说", [
    ouyangFiles,
    ...liTells,
    citizen("李先生 13900000002"),
    bot(/请核对[\s\S]*李先生/),
    never(/加入附近/),
  ]);

  transcript("中途问政策、发照片、发位置都不丢，问题还在", [
    ouyangFiles,
    ...liTells,
    citizen(photo()),
    bot(/已附上（共 1 个）[\s\S]*要加入这一件吗/),
    citizen("居住证怎么办理"),
    bot(/要加入这一件吗/),
    citizen("为什么问这个"),
    bot(/同一件事放在一张工单里/),
    press("加入"),
    citizen("匿名提交"),
    bot(/附件：1 个/),
  ]);

  transcript("加入后又改了地点：不再加入，单独登记", [
    ouyangFiles,
    ...liTells,
    press("加入"),
    citizen("匿名提交"),
    bot(/加入附近/),
    citizen("地点改成海淀区清河街道毛纺北小区北门"),
    bot(/改为单独登记|请核对/),
    never(/加入附近/),
    citizen("确认提交"),
    bot(/登记成功，受理编号/),
    check((talk) => expect(talk.numbers).not.toEqual(talk.others.get("欧阳女士")?.numbers)),
  ]);

  transcript("加入后要求身份保密：单独登记", [
    ouyangFiles,
    ...liTells,
    press("加入"),
    citizen("匿名提交"),
    citizen("改身份保密"),
    citizen("需要保密"),
    bot(/请核对[\s\S]*身份保密：是/),
    never(/加入附近/),
    citizen("确认提交"),
    bot(/登记成功，受理编号/),
  ]);

  transcript("消息重发：只有一个加入的人", [
    ouyangFiles,
    ...liTells,
    citizen({ kind: "choice", choiceId: "intake/same/join" }, { id: "join-once" }),
    citizen({ kind: "choice", choiceId: "intake/same/join" }, { id: "join-once" }),
    citizen("匿名提交"),
    citizen("确认提交", { id: "confirm-once" }),
    citizen("确认提交", { id: "confirm-once" }),
    check((talk) => {
      expect(deskTicket(talk).joiners).toHaveLength(1);
      expect(talk.heard.filter(({ text }) => /已加入工单/.test(text))).toHaveLength(1);
    }),
  ]);

  transcript("确认之前那张工单刚好办结：单独登记，回执说实话", [
    ouyangFiles,
    ...liTells,
    press("加入"),
    citizen("匿名提交"),
    bot(/请核对/),
    unitOf("欧阳女士", "accept"),
    unitOf("欧阳女士", "close", "已抽完。"),
    citizen("确认提交"),
    bot(/没能加入原来那张工单[\s\S]*单独登记成功，受理编号 \d{14}/),
    check((talk) => {
      const before = talk.others.get("欧阳女士")?.numbers[0];
      expect(talk.numbers).not.toContain(before);
      expect(deskTicket(talk).ticket.body.related).toBe(before);
    }),
  ]);

  transcript("办结的工单不再请人加入", [
    ouyangFiles,
    unitOf("欧阳女士", "accept"),
    unitOf("欧阳女士", "close", "已抽完。"),
    citizen("望京西园四区北门这里路面积水没人抽，老人孩子没法走"),
    pickClassIfAsked,
    bot(/称呼和电话/),
    never(/附近已有/),
  ]);

  transcript("第三个人看到两位居民，回执写三人", [
    ouyangFiles,
    ...liJoins,
    another("赵大爷", [
      citizen("我住望京西园四区，北门路面积水，今天车都陷进去了"),
      pickClassIfAsked,
      bot(/附近已有 2 位居民/),
      citizen("加入"),
      citizen("匿名提交"),
      citizen("确认提交"),
      bot(/3 人反映/),
    ]),
  ]);

  transcript("别人的编号加入前查不到，加入后查得到自己的", [
    ouyangFiles,
    async (talk) => citizen(`查一下${talk.others.get("欧阳女士")?.numbers[0]}`)(talk),
    bot(/没有在您的诉求里找到编号/),
    ...liJoins,
    citizen("查一下{number}"),
    bot(/望京街道办事处[\s\S]*反映人数：2 人/),
  ]);
});

describe("撤回和催办各算各的", () => {
  transcript("最早的人撤回：工单为后来的人继续，两边都说清楚", [
    ouyangFiles,
    ...liJoins,
    another("欧阳女士", [
      citizen("撤回"),
      bot(/还有其他居民反映[\s\S]*确定撤回吗/),
      press("确定撤回"),
      bot(/您已从 \d{14} 撤回[\s\S]*工单继续办理/),
    ]),
    bot(/最早反映 \d{14} 的居民撤回了诉求。您反映的不受影响/),
    unit("accept"),
    bot(/有进展/),
    another("欧阳女士", []),
    check((talk) => {
      expect(deskTicket(talk).ticket).toMatchObject({ state: "in-progress", voices: 1 });
      expect(JSON.stringify(talk.others.get("欧阳女士")?.heard)).not.toMatch(/有进展/);
    }),
    another("欧阳女士", [citizen("我的工单"), bot(/已撤回/)]),
  ]);

  transcript("后来的人撤回，最早的人不受影响", [
    ouyangFiles,
    ...liJoins,
    citizen("撤回"),
    press("确定撤回"),
    bot(/您已从 \d{14} 撤回/),
    another("欧阳女士", []),
    check((talk) => {
      expect(deskTicket(talk).ticket).toMatchObject({ state: "dispatched", voices: 1 });
      expect(JSON.stringify(talk.others.get("欧阳女士")?.heard)).not.toMatch(/撤回/);
    }),
  ]);

  transcript("最后一个人也撤回，工单才撤回", [
    ouyangFiles,
    ...liJoins,
    another("欧阳女士", [citizen("撤回"), press("确定撤回"), bot(/您已从/)]),
    citizen("撤回"),
    bot(/将不再办理。确定撤回吗/),
    press("确定撤回"),
    bot(/\d{14} 已撤回，不再办理/),
    another("欧阳女士", []),
    check((talk) => {
      expect(deskTicket(talk).ticket.state).toBe("withdrawn");
      const told = talk.others.get("欧阳女士")?.heard.filter(({ text }) => /撤回，不再办理/.test(text));
      expect(told).toEqual([]);
    }),
  ]);

  transcript("催办按人计数", [
    ouyangFiles,
    ...liJoins,
    citizen("催办"),
    bot(/催办已经送到/),
    citizen("催办"),
    another("欧阳女士", [citizen("催办"), bot(/催办已经送到/)]),
    check((talk) => {
      const { ticket, joiners } = deskTicket(talk);
      expect(ticket.urges).toBe(3);
      expect(joiners[0]?.urges).toBe(2);
    }),
  ]);
});

describe("不请别人加入的", () => {
  const quiet = (title: string, first: string, second: string): void =>
    transcript(title, [
      another("欧阳女士", filesAs(first, "欧阳女士 13800000001")),
      citizen(second),
      pickClassIfAsked,
      never(/附近已有/),
      check((talk) => expect(everything(talk)).not.toContain("附近已有")),
    ]);
  quiet(
    "举报从不让人知道",
    "我要举报望京西园四区北门有人无照经营卖早点，占道经营",
    "望京西园四区北门有人占道经营卖早点，路都堵了",
  );
  quiet(
    "自己的工资是自己的事",
    "望京街道一家装修公司拖欠我三个月工资，老板一直不给",
    "望京街道装修公司拖欠工资三个月了，老板不发",
  );
  quiet(
    "另一栋楼的另算",
    "丰台区方庄街道芳古园一区5号楼的电梯坏了，停运三天没人修",
    "丰台区方庄街道芳古园一区9号楼的电梯坏了，停运两天没人修",
  );
});
