/**
 * Words that ask for the same thing: what citizens say, and what documents write. One group a line, its concept is its first word.
 * Only words that may stand for each other in nearly every question; near things that are handled differently stay apart.
 */
const GROUPS = `
公司 企业 单位 用人单位 老板 雇主 东家
执照 营业执照
个体户 个体工商户
注册 登记 开办 设立 新开
注销 关闭 关店
变更 更改 修改 改 换 更换
办理 办 申办 补办 代办
申请 申报 报名
领取 领 拿 取
提取 支取 取出来 取钱
缴纳 交 缴 缴费 交钱 上交
补缴 补交 补上 断缴 断交
退 退还 退回 退款 退钱 退费
钱 费用 收费 价格 价钱 多少钱
工资 薪水 薪资 报酬 劳动报酬 月薪 工钱
拖欠 欠薪 欠 不发 克扣 讨薪
辞退 开除 解雇 炒鱿鱼 裁员 裁 解除劳动合同 解聘
辞职 离职 不干 走人
补偿 经济补偿 经济补偿金 赔偿 赔偿金 赔 赔钱
加班 加班费 加点
年假 年休假 带薪年假 带薪年休假
产假 生育假
陪产假 护理假
怀孕 孕期 孕妇 有喜
生孩子 生育 分娩 生娃 生小孩 产妇
小孩 孩子 子女 儿童 未成年人 娃 宝宝 儿子 女儿
老人 老年人 老年 爸妈 父母 高龄
残疾人 残疾 残疾证 残疾人证
合同 协议 劳动合同
实习 试用期 试用
受伤 工伤 伤 负伤
失业金 失业保险金 失业保险
养老金 退休金 养老保险
医保 医疗保险 基本医疗保险 医保卡
社保 社会保险 五险 五险一金
公积金 住房公积金
灵活就业 自由职业 自由职业者 没单位 自己交
异地 外地 外省 跨省
报销 结算 直接结算
看病 就医 就诊 治病 门诊
住院 住院费
房子 住房 房屋 房产 住宅 房
租房 租 租赁 承租 租客 租户
房东 出租人 二房东
押金 保证金
房产证 不动产证 不动产权证 产权证 房本
买房 购房
贷款 房贷 商贷
公租房 公共租赁住房
物业 物业公司 物业服务企业 物管
物业费 物业服务费
维修资金 维修基金 专项维修资金 公共维修基金 大修基金
业委会 业主委员会
小区 住宅小区 院里
停车 停车位 车位 泊车
汽车 机动车 小客车 车 轿车 私家车
电动车 电动自行车 电瓶车 电单车
驾照 驾驶证 驾驶本
摇号 小客车指标 指标 车牌指标
罚款 处罚 罚 罚钱 受罚
身份证 居民身份证
户口 户籍 落户 户口本 上户口
居住证 暂住证
护照 出国
港澳通行证 通行证
结婚 结婚证 领证 婚姻登记
离婚 离婚证
过世 去世 死亡 死了 没了
继承 遗产 遗嘱
狗 犬 养狗 养犬 宠物狗 遛狗 狗证
噪声 噪音 扰民 吵 太吵 吵闹 吵人
装修 施工 砸墙
垃圾 垃圾分类 生活垃圾
供暖 供热 暖气 采暖 取暖
供暖费 采暖费 暖气费 取暖费 供热费
停水 断水 没水
停电 断电 没电
燃气 天然气 煤气 停气
违建 违法建设 私搭乱建 违章建筑
发票 开票
个税 个人所得税
抵扣 扣除 专项附加扣除
税收 税 纳税 交税 报税
优惠 减免 减半 减税 免税
退货 七天无理由 无理由退货
网购 网上购物 网店 网上买 淘宝 电商
假货 冒牌 假冒 假的
过期 变质 保质期
预付卡 充值卡 会员卡 办卡 储值卡 充值 充钱
商家 商户 店家 经营者 店铺 卖家
培训班 校外培训 培训机构 补习班 辅导班 补课
上学 入学 读书 就读
小学 幼升小
初中 小升初
幼儿园 托儿所 入园
学校 校园 学籍
转学 换学校
低保 最低生活保障 低保户
救助 临时救助 特困 困难
补贴 津贴 补助 补助金
投诉 举报 反映 告 维权
电话 热线 号码 联系方式
材料 证件 手续 资料
时间 时限 期限 多久 多长时间 几天
条件 资格 要求
标准 多少 多少钱
拆迁 征收 征迁
信息公开 政府信息公开 公开
行政复议 复议
法律援助 免费律师 请律师 律师
诈骗 骗 被骗 骗子
保密 泄露 隐私 个人信息
禁止 不准 不让 不许 不能
允许 准许 让 可以
强制 必须 强迫
网上 线上 手机上 在线
窗口 现场 柜台
丢失 丢 遗失 弄丢 掉
过户 转让 转给 转移
延期 延长 推迟 延迟
抽烟 吸烟 控烟 二手烟
油烟 烟味
电梯 加装电梯
路灯 灯
大夫 医生
送外卖 外卖 骑手 外卖员
合伙 股东
`;

/** All groups, one a line. */
export const synonymGroups: string = GROUPS;

/** The shipped groups; each is known by its first word. */
export const shippedGroups: readonly (readonly string[])[] = GROUPS.trim()
  .split("\n")
  .map((line) => line.split(" "));

const conceptOf = new Map<string, string[]>();
for (const words of shippedGroups) {
  for (const word of words) conceptOf.set(word, [...(conceptOf.get(word) ?? []), words[0] as string]);
}

/** Marks a concept, so that it is counted apart from the words that stand for it. */
const CONCEPT = "\u0002";

/** The concepts that a word stands for, as tokens of the index; none for most words. */
export const conceptsOf = (word: string): string[] => (conceptOf.get(word) ?? []).map((concept) => CONCEPT + concept);

/** The same without the groups whose first words are in `off`. */
export const conceptsBut = (word: string, off: ReadonlySet<string>): string[] =>
  off.size === 0 ? conceptsOf(word) : conceptsOf(word).filter((concept) => !off.has(concept.slice(CONCEPT.length)));
