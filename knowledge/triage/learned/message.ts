/** What is classified. Either part may be empty; a chat message has no title. */
export interface LearnedMessage {
  title: string;
  text: string;
}

/** A message whose label is known. */
export interface LabelledMessage extends LearnedMessage {
  label: string;
}
