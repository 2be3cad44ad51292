/** The package has no types of its own. */
declare module "wechat-crypto" {
  class WXBizMsgCrypt {
    constructor(token: string, encodingAesKey: string, id: string);
    encrypt(text: string): string;
    decrypt(encrypted: string): { message: string; id: string };
  }
  export = WXBizMsgCrypt;
}
