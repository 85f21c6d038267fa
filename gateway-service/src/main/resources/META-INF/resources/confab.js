"use strict";

// Everything people wrote is put on the page as text, never as HTML.
const $ = (id) => document.getElementById(id);
const MAX_BACKOFF_MS = 15000;
const RENEW_BEFORE_MS = 60000;
const TYPING_EVERY_MS = 3000;

const conversations = new Map();
const opened = new Map(); // conversation id → {messages, settled, history}
const unsent = new Map(); // client id → {conversation_id, content, client_id}
const typists = new Map();
let current = null;
let socket = null;
let attempts = 0;
let registering = false;
let renewTimer = 0;
let typedAt = 0;
let leaving = false;

/* ---------- session, shared by all tabs ---------- */

const session = {
  get: () => JSON.parse(localStorage.getItem("confab") || "null"),
  set: (value) => localStorage.setItem("confab", JSON.stringify(value)),
  clear: () => localStorage.removeItem("confab"),
};

function keep(tokens) {
  session.set({
    access: tokens.access_token,
    refresh: tokens.refresh_token,
    until: Date.now() + tokens.expires_in * 1000,
    user: tokens.user || session.get()?.user,
  });
}

async function request(method, path, body, token) {
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = "Bearer " + token;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const value = text ? JSON.parse(text) : null;
  if (!answer.ok) {
    const problem = new Error(value?.detail || value?.title || "status " + answer.status);
    problem.status = answer.status;
    throw problem;
  }
  return value;
}

// One tab renews, the others find what it got: a refresh token works once.
function accessToken(force) {
  const before = session.get();
  const renew = async () => {
    const now = session.get();
    if (!now) throw new Error("signed out");
    const renewed = now.access !== before?.access;
    if (now.until - Date.now() > RENEW_BEFORE_MS && (!force || renewed)) return now.access;
    try {
      keep(await request("POST", "/api/v1/auth/refresh", { refresh_token: now.refresh }));
    } catch (problem) {
      if (problem.status === 401) signedOut();
      throw problem;
    }
    return session.get().access;
  };
  return navigator.locks ? navigator.locks.request("confab-token", renew) : renew();
}

async function api(method, path, body) {
  try {
    return await request(method, path, body, await accessToken());
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    return request(method, path, body, await accessToken(true));
  }
}

/* ---------- socket ---------- */

function send(type, data, id) {
  if (socket?.readyState !== WebSocket.OPEN || !socket.authenticated) return false;
  socket.send(JSON.stringify({ type, id, data }));
  return true;
}

async function connect() {
  if (leaving || !session.get()) return;
  status(attempts ? "reconnecting…" : "connecting…");
  let token;
  try {
    token = await accessToken();
  } catch {
    again();
    return;
  }
  const url = new URL("/api/v1/chat/ws", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const own = new WebSocket(url, "confab.v1");
  own.onopen = () => own.send(JSON.stringify({ type: "auth", token }));
  own.onmessage = (event) => received(own, JSON.parse(event.data));
  own.onclose = (event) => {
    if (own !== socket) return;
    socket = null;
    if (event.code === 4003) signedOut();
    else if (event.code === 4001) accessToken(true).then(again, again);
    else again();
  };
  socket = own;
}

function again() {
  if (leaving || !session.get()) return;
  const wait = Math.min(MAX_BACKOFF_MS, 250 * 2 ** attempts++) * (0.5 + Math.random() / 2);
  status("offline, trying again…");
  setTimeout(connect, wait);
}

function renewIn(milliseconds) {
  clearTimeout(renewTimer);
  renewTimer = setTimeout(async () => {
    try {
      const token = await accessToken(true);
      socket?.send(JSON.stringify({ type: "auth", token }));
    } catch {
      renewIn(5000);
    }
  }, Math.max(1000, milliseconds));
}

function received(from, frame) {
  if (from !== socket) return;
  const data = frame.data || {};
  const handler = handlers[frame.type];
  if (handler) handler(data, frame);
}

const handlers = {
  auth_success(data) {
    const first = !socket.authenticated;
    socket.authenticated = true;
    renewIn(new Date(data.expires_at) - Date.now() - RENEW_BEFORE_MS);
    if (!first) return;
    attempts = 0;
    status("online");
    loadList();
    if (current) join(current);
    for (const message of unsent.values()) send("send_message", message);
  },
  joined(data) {
    const conversation = data.conversation;
    known(conversation);
    const state = opened.get(conversation.id);
    if (!state) return;
    if (data.reset || (state.history && state.history !== data.history)) {
      state.messages.clear();
      state.settled = 0;
    }
    state.history = data.history;
    if (conversation.id === current) showConversation();
  },
  message_received: (data) => changed(data.message),
  message_updated: (data) => changed(data.message),
  message_deleted: (data) => changed(data.message),
  message_added(data) {
    const conversation = conversations.get(data.message.conversation_id);
    if (!conversation) loadList();
    else {
      conversation.last_message_preview = data.message.content;
      conversation.updated_at = data.message.created_at;
      conversation.unread = (conversation.unread || 0) + 1;
      showList();
    }
  },
  message_ack: (data) => unsent.delete(data.client_id),
  conversation_updated(data) {
    known(data.conversation, data.my);
    settle(data.conversation.id, data.seq);
    if (data.conversation.id === current) showTitle();
  },
  stream_start(data) {
    const state = opened.get(data.conversation_id);
    if (!state) return;
    settle(data.conversation_id, data.seq);
    put({
      id: data.message_id,
      conversation_id: data.conversation_id,
      seq: data.seq,
      message_type: "assistant",
      sender_name: data.assistant_id,
      content: "",
      status: "streaming",
    });
  },
  stream_content(data) {
    const message = opened.get(data.conversation_id)?.messages.get(data.message_id);
    if (!message) return;
    if (data.offset === 0) message.content = "";
    if (data.offset !== message.content.length) return;
    message.content += data.content;
    showMessage(message);
  },
  stream_complete(data) {
    settle(data.conversation_id, data.seq);
    changed(data.message);
  },
  typing_indicator(data) {
    if (data.conversation_id !== current) return;
    if (data.is_typing) typists.set(data.user_id, true);
    else typists.delete(data.user_id);
    $("typing").textContent = typists.size ? "somebody is typing…" : "";
  },
  error(data) {
    if (data.code === "TOKEN_EXPIRED") renewIn(0);
    else notice(data.message);
  },
  reconnect(data) {
    const old = socket;
    setTimeout(() => {
      if (socket !== old) return;
      attempts = 0;
      connect().then(() => old.close(1000));
    }, data.after_ms);
  },
};

/* ---------- conversations ---------- */

async function loadList() {
  try {
    const page = await api("GET", "/api/v1/conversations?limit=50");
    for (const item of page.items) known(item.conversation || item, item.my);
    showList();
  } catch (problem) {
    notice(problem.message);
  }
}

function known(conversation, my) {
  const before = conversations.get(conversation.id) || {};
  conversations.set(conversation.id, {
    ...before,
    ...conversation,
    unread: my ? my.unread : before.unread,
  });
  if (conversation.is_active === false) conversations.delete(conversation.id);
  showList();
}

function settle(id, seq) {
  const state = opened.get(id);
  if (state && seq > state.settled) state.settled = seq;
}

function put(message) {
  const state = opened.get(message.conversation_id);
  if (!state) return;
  const before = state.messages.get(message.id);
  state.messages.set(message.id, before ? Object.assign(before, message) : message);
  if (message.conversation_id === current) showMessage(state.messages.get(message.id));
}

function changed(message) {
  settle(message.conversation_id, message.changed_seq);
  if (message.client_id) unsent.delete(message.client_id);
  put(message);
  const conversation = conversations.get(message.conversation_id);
  if (conversation && message.content) {
    conversation.last_message_preview = message.content;
    conversation.updated_at = message.created_at;
    showList();
  }
  if (message.conversation_id === current) readSoon();
}

let readTimer = 0;
function readSoon() {
  clearTimeout(readTimer);
  readTimer = setTimeout(() => {
    const state = opened.get(current);
    if (!state || document.hidden) return;
    send("mark_read", { conversation_id: current, seq: state.settled });
    const conversation = conversations.get(current);
    if (conversation?.unread) {
      conversation.unread = 0;
      showList();
    }
  }, 500);
}

function join(id) {
  const state = opened.get(id);
  const data = { conversation_id: id, after_seq: state.settled };
  if (state.history) data.history = state.history;
  send("join_conversation", data);
}

function choose(id) {
  if (id === current) return;
  if (current) {
    send("leave_conversation", { conversation_id: current });
    opened.delete(current);
  }
  current = id;
  typists.clear();
  $("typing").textContent = "";
  opened.set(id, { messages: new Map(), settled: 0, history: null });
  notice("");
  showConversation();
  showList();
  join(id);
  $("text").focus();
}

async function create(kind) {
  try {
    const wanted = { kind };
    if (kind === "room") {
      const names = prompt("User names of the others, separated by commas");
      if (names === null) return;
      wanted.title = prompt("Title of the room") || "Room";
      wanted.participants = await userIds(names);
    }
    const made = await api("POST", "/api/v1/conversations", wanted);
    const conversation = made.conversation || made;
    known(conversation, made.my);
    choose(conversation.id);
  } catch (problem) {
    notice(problem.message);
  }
}

async function userIds(names) {
  const ids = [];
  for (const name of names.split(",").map((n) => n.trim()).filter(Boolean)) {
    const found = await api("GET", "/api/v1/users?q=" + encodeURIComponent(name));
    const users = found.items || found;
    const user = users.find((u) => u.username === name || u.name === name);
    if (!user) throw new Error("there is no user called " + name);
    ids.push(user.id);
  }
  return ids;
}

/* ---------- page ---------- */

const status = (text) => ($("status").textContent = text);
const notice = (text) => ($("notice").textContent = text || "");

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function showList() {
  const sorted = [...conversations.values()].sort((a, b) =>
    (b.updated_at || "").localeCompare(a.updated_at || ""),
  );
  $("list").replaceChildren(
    ...sorted.map((conversation) => {
      const unread = conversation.unread && conversation.id !== current;
      const name = (conversation.title || "Conversation") + (unread ? ` (${conversation.unread})` : "");
      const button = element("button", "", name);
      button.append(element("small", "", conversation.last_message_preview || ""));
      button.setAttribute("aria-current", conversation.id === current);
      button.onclick = () => choose(conversation.id);
      const item = element("li");
      item.append(button);
      return item;
    }),
  );
}

function showTitle() {
  $("title").textContent = conversations.get(current)?.title || "Conversation";
}

function showConversation() {
  showTitle();
  $("text").disabled = $("send").disabled = false;
  $("messages").replaceChildren();
  const messages = [...opened.get(current).messages.values()].sort((a, b) => a.seq - b.seq);
  messages.forEach(showMessage);
  showStop();
}

function showMessage(message) {
  const log = $("messages");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  let box = document.getElementById("m-" + message.id);
  if (!box) {
    box = element("article");
    box.id = "m-" + message.id;
    box.dataset.seq = message.seq;
    box.append(element("header"), element("div"));
    const after = [...log.children].find((other) => Number(other.dataset.seq) > message.seq);
    log.insertBefore(box, after || null);
  }
  const mine = message.sender_id && message.sender_id === session.get()?.user?.id;
  box.className = ["message", message.message_type, mine ? "mine" : "", styleOf(message)].join(" ");
  box.children[0].textContent = message.sender_name || message.message_type;
  box.children[1].textContent = textOf(message);
  if (atEnd) log.scrollTop = log.scrollHeight;
  showStop();
}

function styleOf(message) {
  if (message.status === "deleted") return "gone";
  return message.status === "failed" ? "failed" : message.status === "streaming" ? "streaming" : "";
}

function textOf(message) {
  if (message.status === "deleted") return "(deleted)";
  const ended = { stopped: " (stopped)", interrupted: " (interrupted)" }[message.status] || "";
  return (message.content || "") + ended;
}

function streaming() {
  const messages = opened.get(current)?.messages.values() || [];
  return [...messages].find((message) => message.status === "streaming");
}

const showStop = () => ($("stop").hidden = !streaming());

function showSignedIn() {
  const own = session.get();
  $("sign-in").hidden = Boolean(own);
  $("app").hidden = !own;
  if (own) $("me").textContent = own.user?.name || own.user?.username || "";
}

function signedOut() {
  session.clear();
  socket?.close(1000);
  location.reload();
}

$("mode").onclick = () => {
  registering = !registering;
  $("email-line").hidden = !registering;
  $("email").required = registering;
  $("enter").textContent = registering ? "Register" : "Sign in";
  $("mode").textContent = registering ? "I have an account" : "New here? Register";
};

$("sign-in").onsubmit = async (event) => {
  event.preventDefault();
  $("sign-in-error").textContent = "";
  const account = { username: $("username").value.trim(), password: $("password").value };
  if (registering) account.email = $("email").value.trim();
  try {
    keep(await request("POST", "/api/v1/auth/" + (registering ? "register" : "login"), account));
    $("password").value = "";
    showSignedIn();
    connect();
  } catch (problem) {
    $("sign-in-error").textContent = problem.message;
  }
};

$("sign-out").onclick = async () => {
  leaving = true;
  try {
    await api("POST", "/api/v1/auth/logout", { refresh_token: session.get()?.refresh });
  } catch {
    // The session ends by itself.
  }
  signedOut();
};

$("compose").onsubmit = (event) => {
  event.preventDefault();
  const content = $("text").value;
  if (!content.trim() || !current) return;
  const clientId = crypto.randomUUID ? crypto.randomUUID() : Date.now() + "-" + Math.random();
  const message = { conversation_id: current, content, message_type: "user", client_id: clientId };
  unsent.set(clientId, message);
  send("send_message", message, clientId);
  $("text").value = "";
  notice("");
};

$("text").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("compose").requestSubmit();
  }
};

$("text").oninput = () => {
  if (!current || Date.now() - typedAt < TYPING_EVERY_MS) return;
  typedAt = Date.now();
  send("typing_start", { conversation_id: current });
};

$("stop").onclick = () => {
  const message = streaming();
  if (message) send("stop_response", { conversation_id: current, message_id: message.id });
};

$("new-assistant").onclick = () => create("assistant");
$("new-room").onclick = () => create("room");
document.addEventListener("visibilitychange", () => document.hidden || readSoon());
window.addEventListener("storage", (event) => {
  if (event.key === "confab" && !event.newValue) location.reload();
});

showSignedIn();
connect();
