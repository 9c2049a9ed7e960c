/* Starts what a page needs. Every piece works on markup that is already usable without it. */
import "./rings.js";
import "./dialogs.js";
import "./menus.js";
import "./tabs.js";
import "./toasts.js";
import "./outbox.js";
import "./requests.js";
import "./live.js";
import "./charts.js";
import "./worker.js";
import "./talk.js";
