/** What a citizen reads in LINE besides what every channel says. */

/** On the quick reply that opens the map; at most 20 characters. */
export const sendLocation = "发送位置";

/** The only sentence in groups and rooms, when the account is mentioned: matters of one person are not for everybody's eyes. */
export const comePrivately =
  "您好，您的事请加我为好友后私聊告诉我，我来登记办理；群里大家都看得到，请不要写姓名、电话和住址。紧急情况请拨打 110、119、120。";
