/** What a citizen asks, and the entries that answer it. Empty where the starter base has no answer. */
export interface CitizenQuestion {
  text: string;
  answeredBy: readonly string[];
}

export const readQuestions = (lines: string): CitizenQuestion[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [text = "", ids = ""] = line.split("|");
      return { text: text.trim(), answeredBy: ids.trim().split(" ").filter(Boolean) };
    });

/** Ordinary wording, written apart from the entries. Every second one was left out of all tuning. */
export const citizenQuestions: readonly CitizenQuestion[] = readQuestions(`
失業金最多可以領幾個月？ | shiye-002
失业了能领几个月的钱 | shiye-002
怎么领失业金 | shiye-001
失业保险金一个月有多少 | shiye-005
被裁员了可以领失业金吗 | shiye-001
自己辞职能领失业金吗 | shiye-001
公司不给交社保怎么办 | shebao-002 gongshang-007 laodong-006
单位给我按最低工资交社保合法吗 | shebao-003
社保怎么查 | shebao-006
社保断交了能补吗 | shebao-002
灵活就业人员怎么交社保 | shebao-007
没有工作单位自己能不能交养老保险 | shebao-007 shebao-017
社保怎么转到外地 | shebao-008
养老保险要交多少年才能退休 | shebao-010
女的现在多少岁退休 | shebao-011
可以提前退休吗 | shebao-012
退休金在哪里领 | shebao-009
养老保险没交够十五年怎么办 | shebao-013
老人去世社保能领多少钱 | shebao-015
养老金认证怎么弄 | shebao-016
个人养老金可以存多少钱 | shebao-018
上班路上被车撞了算工伤吗 | gongshang-001
工伤怎么申请认定 | gongshang-002
工伤期间工资照发吗 | gongshang-005
工伤鉴定在哪里做 | gongshang-006
没交工伤保险，干活时受伤了怎么办 | gongshang-007
十级伤残能赔多少 | gongshang-008
公积金怎么提取 | gongjijin-001 gongjijin-009 gongjijin-002
租房可以提公积金吗 | gongjijin-002
离职以后公积金怎么取出来 | gongjijin-003
公司不交公积金违法吗 | gongjijin-004
公积金交多少比例 | gongjijin-005 gongjijin-006
公积金贷款几天能批 | gongjijin-008
怎么查公积金 | gongjijin-010
公积金可以在老家买房用吗 | gongjijin-014
居住证怎么办 | juzhuzheng-001 juzhuzheng-002
居住证需要什么材料 | juzhuzheng-002
居住证多久签注一次 | juzhuzheng-003
居住证能干什么用 | juzhuzheng-004
怎么落户北京 | jifenluohu-001 huji-003
积分落户需要什么条件 | jifenluohu-001
小孩上户口怎么办理 | huji-001 huji-002
户口怎么迁 | huji-003
我想给孩子改名 | huji-004
身份证丢了怎么办 | shenfenzheng-002 shenfenzheng-003
身份证到期了怎么换 | shenfenzheng-006
身份证有效期是多少年 | shenfenzheng-001
临时身份证在哪办 | shenfenzheng-003
公司把我身份证扣了 | shenfenzheng-004
办护照需要什么手续 | churujing-001
护照过期了怎么办 | churujing-002
去香港要办什么证 | churujing-006
产假多少天 | shengyu-001 shengyu-004
陪产假有几天 | shengyu-002
育儿假怎么休 | shengyu-003
流产了有假吗 | shengyu-004
生育津贴什么时候发 | shengyu-006 shengyu-005
生育津贴能领多少钱 | shengyu-005
怀孕了公司要辞退我怎么办 | nvzhigong-001
哺乳假每天几小时 | nvzhigong-003
育儿补贴怎么申请 | yuer-001
结婚登记需要带什么 | hunyin-001
婚假有几天 | hunyin-008
几岁可以结婚 | hunyin-002
离婚冷静期多少天 | hunyin-004
离婚要什么手续 | hunyin-005 hunyin-004
结婚证掉了去哪补 | hunyin-006
离婚了孩子归谁 | hunyin-009
父母去世房子怎么继承 | jicheng-001
领养小孩要什么条件 | shouyang-001
人去世以后要办哪些手续 | binzang-001 huji-005
墓地能用多少年 | binzang-002
老人有什么补贴 | laonian-010 laonian-001
80岁老人一个月补贴多少钱 | laonian-001
老年人坐公交车要钱吗 | laonian-002
外地老人能办老年卡吗 | laonian-003
儿女不赡养老人怎么办 | laonian-004
瘫痪在床的老人有护理补贴吗 | laonian-006
低保怎么申请 | dibao-002 dibao-001
什么条件能吃低保 | dibao-001
低保被取消了去哪里申诉 | dibao-004
家里突然困难能申请救助吗 | jiuzhu-003 jiuzhu-001
残疾证怎么办理 | canji-002
残疾人有哪些补贴 | canji-001
残疾人坐地铁免费吗 | canji-003
加班费怎么算 | qianxin-004
周末加班有几倍工资 | qianxin-004
老板拖欠工资去哪告 | qianxin-001
农民工要不到工资怎么办 | qianxin-002 qianxin-001
工资每个月几号之前要发 | qianxin-007
北京最低工资是多少 | qianxin-005
高温补贴怎么发 | qianxin-006
没签劳动合同可以要赔偿吗 | laodong-001
试用期可以多久 | laodong-002
试用期工资打几折 | laodong-003
辞职要提前几天说 | laodong-005
公司裁员怎么赔偿 | laodong-007
被违法辞退能赔多少 | laodong-008
合同到期公司不续签有补偿吗 | laodong-015
公司强制调岗降薪怎么办 | laodong-016
一年有几天年假 | gongshi-002
年假没休可以折算成钱吗 | gongshi-003
病假工资怎么算 | gongshi-006
天天加班违法吗 | gongshi-001
劳动仲裁怎么申请 | zhongcai-002 zhongcai-001
劳动仲裁要花多少钱 | zhongcai-002
劳动仲裁要多长时间 | zhongcai-003
失业登记怎么办 | jiuye-001
招聘要求限男性合法吗 | jiuye-004
孩子几岁上小学 | ruxue-001
小孩上小学需要什么条件 | ruxue-005 ruxue-001 ruxue-003
外地孩子在北京上学要什么手续 | ruxue-003
孩子怎么转学 | zhuanxue-001
老师打孩子怎么投诉 | xuexiao-003
孩子在学校被欺负怎么办 | xuexiao-004
幼儿园不退费怎么办 | youeryuan-002
幼儿园大班免费吗 | youeryuan-003
周末补课班合法吗 | peixun-001
家里穷上大学交不起学费怎么办 | zhuxue-002
看门诊能用医保报销吗 | yibao-010
医保断了几个月有影响吗 | yibao-012
异地就医怎么备案 | yidi-001
在外地看病怎么报销 | yidi-001 yidi-002
退休以后还要交医保吗 | yibao-003
医保卡可以给家人用吗 | yibao-011 yibao-004
医保转移怎么办理 | yibao-016
孩子打疫苗收费吗 | yimiao-001
物业费可以不交吗 | wuye-001
不交物业费物业能停我家电吗 | wuye-002
物业涨停车费合理吗 | tingche-006
怎么成立业主委员会 | yewei-001
小区广告收入归谁 | wuye-003
维修基金怎么使用 | weixiu-001
老楼装电梯要多少人同意 | dianti-001
房东不退押金怎么办 | zufang-001
租房合同要不要备案 | zufang-004
租的房子东西坏了谁来修 | zufang-006
怎么申请公租房 | gongzufang-001
公租房可以转租吗 | gongzufang-003
开发商延期交房怎么赔偿 | goufang-003
房产证丢了怎么办 | budongchan-003
房屋过户需要多长时间 | budongchan-001
拆迁怎么补偿 | chaiqian-001 chaiqian-002
高空抛物砸到车谁负责 | wuye-008
暖气不热找谁 | gongnuan-002
北京几号供暖 | gongnuan-001
租房子暖气费谁交 | gongnuan-003
水费怎么算的 | gongshui-002
电费怎么收 | gongdian-003
家里闻到煤气味怎么办 | ranqi-001
燃气安检要收费吗 | ranqi-002
怎么开一家小公司 | kaiban-001
公司怎么注销 | kaiban-006
开网店需要营业执照吗 | kaiban-008
家里能注册公司吗 | kaiban-002
注册资本必须五年内交吗 | kaiban-003
个税租房怎么抵扣 | geshui-005
个税怎么退税 | geshui-001
房贷可以抵多少个税 | geshui-006
赡养老人个税抵扣多少 | geshui-004
商家不给发票怎么办 | ziyou-003
个人怎么开发票 | ziyou-002
小规模纳税人多少钱不用交增值税 | xiaowei-001
买了东西不想要能退吗 | tuihuo-001 tuihuo-006
实体店买的衣服不喜欢能退吗 | tuihuo-006
买到假货怎么赔偿 | tuihuo-004 tuihuo-005
东西质量有问题商家不给换 | tuihuo-003
健身房跑路了怎么退钱 | yufuka-003
健身卡可以退吗 | yufuka-001 yufuka-002
快递不送上门怎么投诉 | wanggou-003
买到过期食品怎么赔 | shipin-001
自动续费怎么退款 | wanggou-001
怎么打12315投诉 | tousu-001
超市标价和结账价格不一样 | jiage-001
电动车上楼充电违法吗 | diandongche-003
电动自行车怎么上牌照 | diandongche-001
外地车进京要办证吗 | xianxing-001
北京限行规定是什么 | xianxing-002
怎么参加小客车摇号 | xiaokeche-001
驾照到期怎么换 | jiazhao-001
驾照丢了去哪补 | jiazhao-002
驾照扣满12分怎么处理 | jiazhao-003
学法减分最多减多少 | jiazhao-004
新车几年年检一次 | nianjian-001
违章不交罚款会怎么样 | weifa-001
不服交警罚款怎么办 | weifa-002
酒驾怎么处罚 | weifa-004
路边停车不交费会怎样 | tingche-001
网约车多收钱找谁投诉 | chuxing-002
晚上工地施工吵怎么投诉 | shigong-001
周末可以装修吗 | shigong-002
楼上太吵了找谁管 | zaosheng-001
广场舞扰民归谁管 | zaosheng-002
饭店油烟大找谁投诉 | youyan-002
垃圾分类怎么分 | laji-001
装修垃圾扔哪里 | laji-002
养狗要办证吗 | yangquan-001
遛狗必须拴绳吗 | yangquan-003
被狗咬了怎么赔偿 | yangquan-004
邻居违建怎么举报 | weijian-001
北京可以放烟花吗 | yanhua-001
餐厅里有人抽烟打什么电话 | kongyan-001
12345可以投诉什么 | rexian-001
怎么申请法律援助 | falv-001
政府信息公开怎么申请 | xinxigongkai-001
怎么信访 | xinfang-001
行政复议怎么申请 | zhengwu-003
被电信诈骗了怎么办 | fanzha-001
银行卡借给别人会怎么样 | fanzha-002
个人信息被泄露怎么维权 | gerenxinxi-001
怎么当志愿者 | zhiyuan-001
`);
