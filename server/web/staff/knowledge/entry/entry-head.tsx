import type { ReactNode } from "react";
import { sayWhen } from "../../../when.ts";
import { useNow } from "../../clock.tsx";
import { type Entry, nameOf } from "../model.ts";
import { StateTags } from "../state-tags.tsx";

/** What the entry is called, how citizens have it and what is under way; below it what can be done. */
export function EntryHead({ entry, children }: { entry: Entry; children: ReactNode }) {
  const { head, shown, scheduled, status, helpful, unhelpful } = entry;
  const now = useNow();
  const facts = [
    status === "published" && shown ? `市民现在得到第 ${shown.version} 版` : "市民现在得不到这条",
    head.version === shown?.version
      ? `第 ${head.version} 版由${head.author.name}保存于 ${sayWhen(head.savedAt, now)}`
      : `正在编辑第 ${head.version} 版（${head.author.name}，${sayWhen(head.savedAt, now)}）`,
    scheduled?.publishAt && `第 ${scheduled.version} 版将于 ${sayWhen(scheduled.publishAt, now)} 发布`,
    helpful + unhelpful > 0 && `市民说有帮助 ${helpful} 次，没帮助 ${unhelpful} 次`,
  ];
  return (
    <header className="entry-head">
      <div className="entry-title">
        <h2>{nameOf({ ...head.content, id: entry.id })}</h2>
        <StateTags status={status} headState={head.state} demonstration={head.content.demonstration} />
        <p className="soft small" data-testid="entry-facts">
          {facts.filter(Boolean).join("；")}。编号 {entry.id}
        </p>
      </div>
      {children}
    </header>
  );
}
