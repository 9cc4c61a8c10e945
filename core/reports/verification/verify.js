// @ts-check
// Verifies a paper: by its signed code (checked here, by the office's public keys), by number and day, or by its file
// (digested here, not sent). Answers come from the server of the page or from the published register beside it.
import { verifyAsync } from "./ed25519.js";

const config = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("config")).textContent ?? "{}");
const { words, sentences } = config;
const subtle = globalThis.crypto?.subtle;
const LARGEST_MB = 100;

/** @param {string} id */
const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} hex */
const unhex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** @param {ArrayBuffer | Uint8Array} bytes */
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string} text */
const unbase64 = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
/** @param {string} iso */
const showDay = (iso) =>
  new Intl.DateTimeFormat(config.language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${iso}T00:00:00Z`));

/** The number as it is compared; the same as core.papers.numbers.normalise_number. @param {string} text */
function normaliseNumber(text) {
  const plain = text.normalize("NFKC").toUpperCase().replace(/[‐-―−]/g, "-").trim().split(/\s+/).join(" ");
  const valid = plain.length <= 80 && /^[A-Z0-9](?:[A-Z0-9 ./()-]*[A-Z0-9)])?$/.test(plain) && /[0-9]/.test(plain);
  return valid ? plain.replaceAll(" ", "") : null;
}

let shown = 0;

/** @typedef {(kind: string, text: string, details?: [string, string][]) => void} Show */

/** Only the newest question is answered. @returns {Show} */
function begin() {
  const mine = ++shown;
  const answer = find("answer");
  answer.className = "";
  answer.textContent = "";
  find("details").hidden = true;
  return (kind, text, details = []) => {
    if (mine !== shown) return;
    answer.className = kind;
    answer.textContent = text;
    const list = find("details");
    list.replaceChildren(
      ...details.flatMap(([name, value]) => {
        const [term, said] = [document.createElement("dt"), document.createElement("dd")];
        term.textContent = name;
        said.textContent = value;
        return [term, said];
      }),
    );
    list.hidden = !details.length;
    answer.scrollIntoView({ block: "nearest" });
  };
}

/** @typedef {{standing: string, way: string, since: string}} Answer */

/** @param {Answer} answer */
const say = (answer) =>
  sentences[`${answer.standing}/${answer.way}`].replace("{day}", answer.since ? showDay(answer.since) : "");

/** What a token says, whether one of the office's keys signed it, and whether this page cannot know. @param {string} token */
async function readCode(token) {
  const nothing = { signed: false, known: false, lines: /** @type {string[]} */ ([]) };
  const match = /^([0-9a-f]{16})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/.exec(token);
  if (!match || token.length > 1200) return nothing;
  try {
    const text = unbase64(match[2]);
    const lines = new TextDecoder("utf-8", { fatal: true }).decode(text).split("\n");
    if (lines.length !== 5 || lines[0] !== "mantel paper") return nothing;
    const key = config.keys[match[1]];
    if (!key || !subtle) return { signed: false, known: true, lines }; // a key newer than this page, or no https
    return { signed: await verifyAsync(unbase64(match[3]), text, unhex(key)), known: false, lines };
  } catch {
    return nothing;
  }
}

class Refused extends Error {}

/** The server's answer. @param {Record<string, string>} question @returns {Promise<Answer>} */
async function askServer(question) {
  const response = await fetch(config.ask, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ ...question, language: config.language }),
    credentials: "omit",
  });
  if (response.status === 429 || response.status === 422) throw new Refused((await response.json()).refusal);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** @type {Promise<any> | undefined} */
let loading;

/** The published register, once; its signature is checked by the page's own keys. */
function loadRegister() {
  loading ??= (async () => {
    const response = await fetch("register.txt", { cache: "no-cache" });
    if (!response.ok) throw new Error(String(response.status));
    const whole = new Uint8Array(await response.arrayBuffer());
    const end = whole.indexOf(10); // the first line: the key's name and the signature over all that follows
    const [name, signature] = new TextDecoder().decode(whole.subarray(0, end)).split(" ");
    const [content, key] = [whole.subarray(end + 1), config.keys[name]];
    const genuine = key && /^[0-9a-f]{128}$/.test(signature) && (await verifyAsync(unhex(signature), content, unhex(key)));
    if (!genuine) throw new Refused(words.forged);
    const register = JSON.parse(new TextDecoder().decode(content));
    find("published").textContent = words.published.replace("{day}", showDay(register.published.slice(0, 10)));
    return register;
  })();
  loading.catch(() => (loading = undefined));
  return loading;
}

/** @param {any} register @param {string | null} number @param {string} day */
async function hideNumber(register, number, day) {
  if (number === null || !subtle) return "";
  const said = new TextEncoder().encode(`${number}\n${day}`);
  const key = await subtle.importKey("raw", said, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: unhex(register.salt), iterations: register.rounds };
  return hex(await subtle.deriveBits(how, key, 128));
}

/** The answer of the published register. @param {Record<string, string>} question @returns {Promise<Answer>} */
async function askRegister(question) {
  if (!subtle) throw new Refused(words.unsafe);
  const register = await loadRegister();
  const way = question.digest ? "file" : question.code ? "code" : "number";
  const file = Object.hasOwn(register.files, question.digest ?? "") && register.files[question.digest];
  if (file) return { standing: file[0], way, since: file[1] };
  let { number = "", day = "" } = question;
  if (question.code) {
    const read = await readCode(question.code);
    if (read.signed) [, number, day] = read.lines;
  }
  const lookup = number ? await hideNumber(register, normaliseNumber(number), day) : "";
  const found = Object.hasOwn(register.papers, lookup) && register.papers[lookup];
  if (!found) return { standing: "unknown", way, since: "" };
  if (way === "file") return { standing: found[2] ? "changed" : "unkept", way, since: "" };
  return { standing: found[0], way, since: found[1] };
}

const ask = config.ask ? askServer : askRegister;

/** @param {Record<string, string>} question @param {Show} [show] */
async function answerQuestion(question, show = begin()) {
  try {
    const answer = await ask(question);
    show(answer.standing, say(answer));
  } catch (error) {
    show("refused", error instanceof Refused ? error.message : words.no_answer);
  }
}

/** What a signed text says, to be compared with the paper. @param {string[]} lines @returns {[string, string][]} */
const detail = (lines) => [
  [words.short, lines[1]],
  [words.day, showDay(lines[2])],
  [words.subject, lines[3]],
  [words.digest, lines[4].slice(0, 16)],
];

/** @param {string} token */
async function verifyCode(token) {
  const show = begin();
  const asked = ask({ code: token }); // on its way while the signature is checked here
  asked.catch(() => {});
  const read = await readCode(token);
  if (!read.signed && !read.known) {
    show("unknown", sentences["unknown/code"]);
    return;
  }
  try {
    const answer = await asked;
    if (answer.standing === "unknown" && read.signed && !config.ask) {
      const day = showDay((await loadRegister()).published.slice(0, 10));
      show("refused", words.signed_later.replace("{day}", day), detail(read.lines));
    } else {
      // Where this page could not check the signature itself, the server has.
      show(answer.standing, say(answer), answer.standing === "unknown" ? [] : detail(read.lines));
    }
  } catch (error) {
    if (error instanceof Refused) show("refused", error.message);
    else if (read.signed) show("refused", words.signed_only, detail(read.lines));
    else show("refused", words.no_answer);
  }
}

/** @param {File} file */
async function verifyFile(file) {
  const show = begin();
  if (!subtle || file.size > LARGEST_MB * 1e6) {
    show("refused", subtle ? words.too_large.replace("{count}", String(LARGEST_MB)) : words.unsafe);
    return;
  }
  try {
    const content = new Uint8Array(await file.arrayBuffer());
    const text = new TextDecoder("latin1").decode(content);
    const code = new RegExp(`${config.mark}([0-9a-f]{16}\\.[A-Za-z0-9_-]{1,1000}\\.[A-Za-z0-9_-]{86})`).exec(text);
    const digest = hex(await subtle.digest("SHA-256", content));
    await answerQuestion({ digest, ...(code ? { code: code[1] } : {}), ...typed() }, show);
  } catch {
    show("refused", words.no_answer); // the file was moved, or may not be read
  }
}

function typed() {
  const form = new FormData(/** @type {HTMLFormElement} */ (find("typed")));
  const [number, day] = [String(form.get("number") ?? "").trim(), String(form.get("day") ?? "")];
  return number && day ? { number, day } : {};
}

find("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  void answerQuestion(/** @type {Record<string, string>} */ (typed()));
});
find("file").addEventListener("change", (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  if (file) void verifyFile(file).finally(() => (input.value = ""));
});
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  const file = event.dataTransfer?.files[0];
  if (file) void verifyFile(file);
});

/** A code in the fragment of the address: the browser has sent it to nobody. */
function readAddress() {
  const token = location.hash.slice(1);
  if (!token) return;
  const other = /** @type {HTMLAnchorElement} */ (find("other"));
  other.hash = token;
  void verifyCode(decodeURIComponent(token));
}
addEventListener("hashchange", readAddress);
readAddress();
