import type { ChannelCapabilities } from "../../bots/model/index.ts";

/**
 * "发送客服消息" (微信开放文档·小程序) knows text, picture, link card and mini-program card. Choices are numbered lines; links stay in the
 * text, because a card would use up one of the five messages and needs a picture.
 */
export const serviceCapabilities: ChannelCapabilities = {
  // Three bytes to a Chinese character, within 2,048.
  maxTextLength: 560,
  maxChoices: 0,
  canAskLocation: false,
  canShowCards: false,
  push: { windowHours: 48 },
};
