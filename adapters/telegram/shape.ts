import { z } from "zod";

const user = z.looseObject({ id: z.int(), is_bot: z.boolean().optional() });
const chat = z.looseObject({ id: z.int(), type: z.string() });
const file = z.looseObject({
  file_id: z.string().min(1),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
});
const entity = z.looseObject({ type: z.string(), offset: z.int(), length: z.int(), user: user.optional() });
const location = z.looseObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

const message = z.looseObject({
  message_id: z.int(),
  date: z.int(),
  edit_date: z.int().optional(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entity).optional(),
  caption_entities: z.array(entity).optional(),
  reply_to_message: z.looseObject({ from: user.optional() }).optional(),
  location: location.optional(),
  venue: z.looseObject({ location, title: z.string() }).optional(),
  contact: z
    .looseObject({ phone_number: z.string(), first_name: z.string(), last_name: z.string().optional() })
    .optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  audio: file.optional(),
});

const keyboard = z.looseObject({
  inline_keyboard: z.array(z.array(z.looseObject({ text: z.string(), callback_data: z.string().optional() }))),
});

const query = z.looseObject({
  id: z.string().min(1),
  from: user,
  data: z.string().optional(),
  // A message that is too old comes without its keyboard.
  message: z.looseObject({ chat, reply_markup: keyboard.optional() }).optional(),
});

/** What the channel reads of an update ("Update", Telegram Bot API); everything else may be as it likes. */
export const updateShape = z.looseObject({
  update_id: z.int().min(0),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: query.optional(),
});

export type TelegramMessage = z.infer<typeof message>;
export type TelegramQuery = z.infer<typeof query>;
