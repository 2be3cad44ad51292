import type { Button } from "../../protocol/wire.ts";
import { askForNotices, type JiesuApp } from "../../services.ts";
import { words } from "../../words.ts";
import { type Shown, toShown } from "./bubbles.ts";

type Tap<Data extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, Data>;
type Typed = WechatMiniprogram.CustomEvent<{ value: string }>;

const services = () => getApp<JiesuApp>().services;

/** The typings of the platform give on and off different states. */
function wakeChat(state: object): void {
  if ("isConnected" in state && state.isConnected) services().chat.wake();
}

const nothing: Shown = { bubbles: [], buttons: [], askLocation: false, filed: "" };
const plain = {
  placeholder: words.placeholder,
  send: words.send,
  picture: words.picture,
  place: words.place,
  tickets: words.tickets,
  service: words.service,
  offline: words.offline,
  drop: words.drop,
  notifyOffer: words.notifyOffer,
  notify: words.notify,
  notLater: words.notLater,
};

Page({
  data: { ...nothing, isOnline: true, draft: "", words: plain, templateIds: [] as string[], offered: "", last: "" },
  token: "",

  onLoad() {
    services().onChat = () => this.show();
    wx.onNetworkStatusChange(wakeChat);
  },
  onShow() {
    services().chat.start();
    void services()
      .sessions.get()
      .then(({ token, templateIds }) => {
        this.token = token;
        this.setData({ templateIds });
        this.show();
      })
      // The chat itself tells that there is no connection, and tries again.
      .catch(() => undefined);
  },
  onHide() {
    services().chat.stop();
  },
  onUnload() {
    services().chat.stop();
    wx.offNetworkStatusChange(wakeChat);
  },

  show() {
    const { server, chat } = services();
    const view = chat.view();
    const shown = toShown(view, (path) => `${server}${path}?t=${encodeURIComponent(this.token)}`);
    this.setData({ ...shown, isOnline: view.isOnline, last: `b${shown.bubbles.length - 1}` });
  },

  type({ detail }: Typed) {
    this.setData({ draft: detail.value });
  },
  send() {
    const text = this.data.draft.trim();
    if (text === "") return;
    services().chat.sendText(text);
    this.setData({ draft: "" });
  },
  choose({ currentTarget }: Tap<{ button: Button }>) {
    services().chat.choose(currentTarget.dataset.button);
  },
  drop({ currentTarget }: Tap<{ key: string }>) {
    services().chat.drop(currentTarget.dataset.key);
  },
  openLink({ currentTarget }: Tap<{ url: string }>) {
    const { url } = currentTarget.dataset;
    const number = /^(?:https?:\/\/[^/]+)?\/t\/(\d+)$/.exec(url)?.[1];
    if (number !== undefined) wx.navigateTo({ url: `/pages/ticket/ticket?number=${number}` });
    else if (url.startsWith("tel:")) wx.makePhoneCall({ phoneNumber: url.slice("tel:".length), fail: () => undefined });
    else
      wx.setClipboardData({
        data: url.startsWith("/") ? `${services().server}${url}` : url,
        success: () => wx.showToast({ title: words.copied, icon: "none" }),
      });
  },

  /** "wx.chooseLocation": the point counts in GCJ-02; the protocol marks it so. */
  pickPlace() {
    wx.chooseLocation({
      success: ({ latitude, longitude, name, address }) => {
        const label = [address, name].filter(Boolean).join(" ");
        services().chat.sendPlace({ latitude: Number(latitude), longitude: Number(longitude), label });
      },
      fail: ({ errMsg }) => {
        if (!errMsg.includes("cancel")) wx.showToast({ title: words.pickFailed, icon: "none" });
      },
    });
  },
  /** What wx.chooseMedia gives lasts only while the mini-program is open: kept as a file until it is sent. */
  pickPictures() {
    wx.chooseMedia({
      count: 9,
      mediaType: ["image"],
      sizeType: ["compressed"],
      success: ({ tempFiles }) => {
        for (const { tempFilePath } of tempFiles) this.keepAndSend(tempFilePath);
      },
    });
  },
  keepAndSend(tempFilePath: string) {
    wx.getFileSystemManager().saveFile({
      tempFilePath,
      success: ({ savedFilePath }) => services().chat.sendPicture(savedFilePath),
      // No room left: sent from where it lies.
      fail: () => services().chat.sendPicture(tempFilePath),
    });
  },

  openTickets() {
    wx.navigateTo({ url: "/pages/tickets/tickets" });
  },
  async allowNotices() {
    const { templateIds, filed } = this.data;
    await askForNotices(services(), templateIds);
    this.setData({ offered: filed });
  },
  refuseNotices() {
    this.setData({ offered: this.data.filed });
  },
});
