import type { JiesuApp } from "../../services.ts";
import { sayStatus, sayTime, words } from "../../words.ts";

interface Row {
  number: string;
  title: string;
  status: string;
  unit: string;
  createdAt: string;
}

Page({
  data: { rows: [] as Row[], note: words.loading as string },

  onShow() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
  async load() {
    try {
      const tickets = await getApp<JiesuApp>().services.tickets.mine();
      const rows = tickets.map(({ number = "", title, status, unit = "", createdAt }) => ({
        number,
        title,
        status: sayStatus(status),
        unit,
        createdAt: sayTime(createdAt),
      }));
      this.setData({ rows, note: rows.length === 0 ? words.noTickets : "" });
    } catch {
      this.setData({ note: words.loadFailed });
    }
  },
  open({ currentTarget }: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { number: string }>) {
    const { number } = currentTarget.dataset;
    if (number !== "") wx.navigateTo({ url: `/pages/ticket/ticket?number=${number}` });
  },
});
