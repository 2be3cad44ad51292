const CHANNELS: Record<string, string> = {
  web: "网页",
  terminal: "终端",
  wechat: "公众号",
  wecom: "企业微信",
  "mini-program": "小程序",
  wechaty: "微信",
  line: "LINE",
  telegram: "Telegram",
  "bot-framework": "Bot Framework",
};

/** A channel as staff call it. */
export const channelWord = (channel: string): string => CHANNELS[channel] ?? channel;
