import { askForNotices, type JiesuApp } from "../../services.ts";
import { sayStatus, sayTime, words } from "../../words.ts";

interface News {
  at: string;
  said: string;
  text: string;
}

const plain = {
  numberLabel: words.numberLabel,
  unitLabel: words.unitLabel,
  dueLabel: words.dueLabel,
  newsLabel: words.newsLabel,
  noNews: words.noNews,
  notify: words.notify,
  backToChat: words.backToChat,
};

Page({
  data: {
    words: plain,
    number: "",
    title: "",
    status: "",
    unit: "",
    dueAt: "",
    news: [] as News[],
    note: words.loading as string,
    templateIds: [] as string[],
  },

  onLoad({ number = "" }: { number?: string }) {
    this.setData({ number });
  },
  onShow() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
  async load() {
    const { tickets } = getApp<JiesuApp>().services;
    try {
      const found = await tickets.one(this.data.number);
      if (!found) return this.setData({ note: words.noTicket });
      const news = found.updates.map(({ at, status, unit = "", text = "" }) => ({
        at: sayTime(at),
        said: [sayStatus(status), unit].filter(Boolean).join(" · "),
        text,
      }));
      this.setData({
        title: found.title,
        status: sayStatus(found.status),
        unit: found.unit ?? "",
        dueAt: sayTime(found.dueAt),
        news: news.reverse(),
        note: "",
        templateIds: await tickets.templateIds(),
      });
    } catch {
      this.setData({ note: words.loadFailed });
    }
  },
  async notify() {
    await askForNotices(getApp<JiesuApp>().services, this.data.templateIds);
  },
  openChat() {
    wx.reLaunch({ url: "/pages/chat/chat" });
  },
  onShareAppMessage() {
    return { title: words.tickets, path: `/pages/ticket/ticket?number=${this.data.number}` };
  },
});
