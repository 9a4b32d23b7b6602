/** What the page knows: people, chats as they stand, what is unread. Phones listen to it. */
import { setOffset } from "./clock.js";
import { follow, get } from "./control.js";

export const people = new Map();
export const groups = new Map();
export const unread = new Map();
const chats = new Map();
const listeners = new Set();

/** Every listener gets each event after the store has taken it in. */
export const listen = (listener) => { listeners.add(listener); return () => listeners.delete(listener); };

/** The messages of a chat, oldest first, fetched once and kept up by events. */
export async function openChat(chatId) {
  if (!chats.has(chatId)) {
    const { messages } = await get("messages", { chat: chatId });
    const known = new Map(messages.map((message) => [message.message_id, message]));
    chats.set(chatId, known);
  }
  return chats.get(chatId);
}

export const groupsOf = (personId) => [...groups.values()].filter((group) => group.members.includes(personId));

function take(event) {
  const chat = chats.get(event.chat_id);
  if (event.kind === "person") people.set(event.person.id, event.person);
  if (event.kind === "group") groups.set(event.group.id, event.group);
  if (event.kind === "clock") setOffset(event.offset);
  if (event.kind === "new" || event.kind === "edit") chat?.set(event.message.message_id, event.message);
  if (event.kind === "delete") chat?.delete(event.message_id);
  if (event.kind === "read" && chat?.has(event.message_id)) chat.get(event.message_id).play.read = true;
  if (event.kind === "new" && event.message.play.by_bot) unread.set(event.chat_id, (unread.get(event.chat_id) ?? 0) + 1);
  for (const listener of listeners) listener(event);
}

/** Loads the state and follows everything from there on. */
export async function startStore() {
  const state = await get("state");
  for (const person of state.people) people.set(person.id, person);
  for (const group of state.groups) groups.set(group.id, group);
  setOffset(state.offset);
  const lost = (away) => document.body.classList.toggle("lost", away);
  follow(state.cursor, take, lost);
  return state;
}
