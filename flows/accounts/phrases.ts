import { commandForm } from "../../bots/plain.ts";
import { codeIn } from "./code.ts";

const LINK = new Set(
  `关联账号 关联帐号 账号关联 帐号关联 关联 绑定 绑定账号 绑定帐号 账号绑定 关联微信 绑定微信 关联其他账号 关联别的账号 我要关联账号 我要绑定账号 合并账号
   换手机 换手机了 换了手机 换了新手机 换新手机了 我换手机了 我换了手机 我换了新手机 我换手机 手机换了 我手机换了`.split(
    /\s+/,
  ),
);
const UNLINK = new Set(
  `解除关联 取消关联 解除绑定 取消绑定 解绑 解绑账号 解除账号关联 取消账号关联 我要解除关联 解除关联账号 不要关联 不是我关联的`.split(
    /\s+/,
  ),
);

const WHERE =
  "(?:微信|公众号|微信公众号|小程序|微信小程序|企业微信|网页|网页版|网站|telegram|电报|line|别的渠道|其他渠道|另一个渠道)";
const DID = "(?:用过|办过|登记过|提交过|反映过|投诉过)";
/** "我在微信也用过", "之前在网页上登记过". */
const USED_ELSEWHERE = new RegExp(
  `^我?(?:之前|以前|原来)?(?:也)?(?:在|用)${WHERE}(?:上|里|那边)?(?:也|都|还)?${DID}了?$`,
  "u",
);

/** What a whole text wants done with the accounts; undefined where it speaks of something else. */
export function accountWish(text: string): "link" | "unlink" | "code" | undefined {
  const said = commandForm(text);
  if (UNLINK.has(said)) return "unlink";
  if (LINK.has(said) || USED_ELSEWHERE.test(said)) return "link";
  return codeIn(text) === undefined ? undefined : "code";
}
