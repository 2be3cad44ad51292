/** Words that carry a sentence but not its subject: pronouns, particles, question words, courtesy, and verbs that fit everything. */
const EMPTY = `
的 了 着 过 地 得 之 所 者 和 与 及 或 而 且 并 又 也 还 都 就 才 再 很 太 更 最 挺 蛮 真 好 非常 比较 特别 有点 一点 一些 一下 一直 总是 老是 经常 已经 正在 刚 刚刚 现在 目前 最近 今天 今年 昨天 明天 平时 以后 之后 以前 之前 后 前 时候 时 年 月 日 天
我 你 您 他 她 它 我们 你们 他们 咱 咱们 自己 人家 别人 大家 本人 某 这 那 这个 那个 这些 那些 这样 那样 这里 那里 这儿 那儿 此 该 其 每 各 另 另外 其他 其它 别的
什么 啥 怎么 咋 怎样 怎么样 咋样 怎么办 咋办 咋整 如何 为什么 为啥 为何 哪 哪里 哪儿 哪些 哪个 哪种 哪家 谁 几 几个 多少 多久 多长 多长时间 多大 多少岁 几岁 几天 几月 几年 几号 几倍 几次 干什么 干嘛 何时 何 是否 能否 可否 有没有 是不是 能不能 可不可以 会不会 要不要 行不行 算不算 该不该 吗 呢 吧 啊 呀 嘛 哦 噢 哈 呗 嗯 哎 唉 么 否
在 对 对于 关于 把 被 给 跟 同 从 向 往 到 由 由于 以 为 为了 因 因为 所以 但 但是 不过 可是 如果 要是 假如 只要 只有 除了 根据 按 按照 通过 经过 比 于 至 让 使 将 当 等 等等 被 即 则 若 如 用
是 有 没 没有 不 不是 无 未 非 能 能够 可 可以 会 要 应 应该 应当 必须 需 需要 想 想要 愿意 得到 行 成 算 叫 做 作 弄 搞 办 办理 说 问 请问 咨询 了解 知道 告诉 看 去 来 上 下 里 中 内 外 出 起 找 打 拿 走 到底 究竟 具体 相关 有关 方面 情况 事 事情 事儿 问题 东西 内容 规定 政策 要求 标准 条件 流程 手续 材料 步骤 方法 办法 方式 途径 地方 部门
一 二 两 三 四 五 六 七 八 九 十 个 次 种 件 位 名 条 项 张 份 点 些 多 少 大 小 只 仅 全 全部 所有 任何 一个 一家 一次 一样 一般 一定 可能 大概
你好 您好 谢谢 感谢 请 麻烦 帮 帮忙 帮我 劳驾 求助 求 哈喽 喂 嗨 再见 拜拜 ok 好的 知道了 明白
北京 北京市 本市 我市 全市 市里 我国 中国 全国 国家 当地
`;
const empty: ReadonlySet<string> = new Set(EMPTY.split(/\s+/).filter(Boolean));
/** Figures tell nothing; 12345 and the like are names. */
const DIGITS = /^(?:[\d.\-/]{1,4}|\d{6,})$/;

/** Whether a word tells what a sentence is about. */
export const isInformative = (word: string): boolean => !empty.has(word) && !DIGITS.test(word);

/** How much of its weight a word keeps in a search although it tells little. */
const EMPTY_WEIGHT = 0.3;

export const wordWeight = (word: string): number => (isInformative(word) ? 1 : EMPTY_WEIGHT);
