// The three libraries behind one shape, each modelled the way that is cheapest for it: top-level types where it has them, plain
// values for messages, last-writer strings and not collaborative text for fields. A replica has
//   change(operation) -> the update as bytes, apply(update), read() -> plain value, free(), and for text edit(patches), text().
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { parts } from './operations.mjs';

const require = createRequire(import.meta.url);

/** The version that is really loaded, from the package's own file. */
function version(name) {
    let folder = dirname(require.resolve(name));
    while (!existsSync(join(folder, 'package.json')) || !JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version) {
        folder = dirname(folder);
    }
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

/**
 * maps false: a message is a plain value that is pushed, as documentation shows it; small updates, but each costs time by the length of
 * the list, at the writer and at the reader. maps true: a message is a Y.Map that is inserted at the list's length, which takes
 * the same time for each.
 */
async function yjs(name, maps) {
    const Y = await import('yjs');
    class Replica {
        constructor() {
            this.document = new Y.Doc();
            this.update = null;
        }
        listen() {
            this.document.on('update', (update) => { this.update = update; });
        }
        change({ op, path, value }) {
            const [first, second] = parts(path);
            if (op === 'append') {
                const list = this.document.getArray(path);
                if (maps) {
                    list.insert(list.length, [new Y.Map(Object.entries(value))]);
                } else {
                    list.push([value]);
                }
            } else if (op === 'set') {
                this.document.getMap(first).set(second, value);
            } else {
                // Yjs has no counter: each client adds in a cell of its own, and readers sum up.
                const cells = this.document.getMap(path);
                const cell = String(this.document.clientID);
                cells.set(cell, (cells.get(cell) ?? 0) + value);
            }
            return this.update;
        }
        apply(update) {
            Y.applyUpdate(this.document, update);
        }
        read() {
            const counters = (path) => {
                const cells = Object.values(this.document.getMap(path).toJSON());
                return cells.length === 0 ? {} : { [parts(path)[1]]: cells.reduce((sum, cell) => sum + cell, 0) };
            };
            return {
                session: this.document.getMap('session').toJSON(),
                conversation: { messages: this.document.getArray('/conversation/messages').toJSON() },
                usage: { ...counters('/usage/turns'), ...counters('/usage/tokens') },
            };
        }
        edit(patches) {
            const text = this.document.getText('text');
            const all = () => {
                for (const [position, deleted, inserted] of patches) {
                    if (deleted > 0) text.delete(position, deleted);
                    if (inserted !== '') text.insert(position, inserted);
                }
            };
            this.document.transact(all);
            return this.update;
        }
        text() {
            return this.document.getText('text').toString();
        }
        free() {
            this.document.destroy();
        }
    }
    return { name, version: version('yjs'), create: () => new Replica() };
}

async function automerge() {
    const Automerge = await import('@automerge/automerge');
    const scalar = (value) => (typeof value === 'string' ? new Automerge.ImmutableString(value) : value);
    class Replica {
        constructor() {
            this.document = Automerge.init();
        }
        listen() {}
        change({ op, path, value }) {
            const [first, second] = parts(path);
            this.document = Automerge.change(this.document, (draft) => {
                draft[first] ??= {};
                const place = draft[first];
                if (op === 'append') {
                    place[second] ??= [];
                    place[second].push({ role: scalar(value.role), content: scalar(value.content) });
                } else if (op === 'set') {
                    place[second] = scalar(value);
                } else if (place[second] === undefined) {
                    place[second] = new Automerge.Counter(value);
                } else {
                    place[second].increment(value);
                }
            });
            return Automerge.getLastLocalChange(this.document);
        }
        apply(update) {
            [this.document] = Automerge.applyChanges(this.document, [update]);
        }
        read() {
            const plain = (value) => {
                if (Automerge.isCounter(value)) return value.value;
                if (value instanceof Automerge.ImmutableString) return value.toString();
                if (Array.isArray(value)) return value.map(plain);
                if (value !== null && typeof value === 'object') {
                    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
                }
                return value;
            };
            return plain(this.document);
        }
        edit(patches) {
            this.document = Automerge.change(this.document, (draft) => {
                draft.text ??= '';
                for (const [position, deleted, inserted] of patches) {
                    Automerge.splice(draft, ['text'], position, deleted, inserted);
                }
            });
            return Automerge.getLastLocalChange(this.document);
        }
        text() {
            return this.document.text;
        }
        free() {
            Automerge.free(this.document);
        }
    }
    return { name: 'automerge', version: version('@automerge/automerge'), create: () => new Replica() };
}

async function loro() {
    const { LoroDoc } = await import('loro-crdt');
    class Replica {
        constructor() {
            this.document = new LoroDoc();
            this.update = null;
        }
        listen() {
            this.document.subscribeLocalUpdates((update) => { this.update = update; });
        }
        change({ op, path, value }) {
            const [first, second] = parts(path);
            if (op === 'append') {
                this.document.getList(name(path)).push(value);
            } else if (op === 'set') {
                this.document.getMap(first).set(second, value);
            } else {
                this.document.getCounter(name(path)).increment(value);
            }
            this.document.commit();
            return this.update;
        }
        apply(update) {
            this.document.import(update);
        }
        read() {
            const plain = this.document.toJSON();
            const usage = {};
            for (const counter of ['turns', 'tokens']) {
                if (plain[`usage.${counter}`] !== undefined) usage[counter] = plain[`usage.${counter}`];
            }
            return {
                session: plain.session ?? {},
                conversation: { messages: plain['conversation.messages'] ?? [] },
                usage,
            };
        }
        edit(patches) {
            const text = this.document.getText('text');
            for (const [position, deleted, inserted] of patches) {
                if (deleted > 0) text.delete(position, deleted);
                if (inserted !== '') text.insert(position, inserted);
            }
            this.document.commit();
            return this.update;
        }
        text() {
            return this.document.getText('text').toString();
        }
        free() {
            this.document.free();
        }
    }
    // A top-level container's name must not hold a slash.
    const name = (path) => path.substring(1).replaceAll('/', '.');
    return { name: 'loro', version: version('loro-crdt'), create: () => new Replica() };
}

const PEERS = { yjs: () => yjs('yjs', false), 'yjs-maps': () => yjs('yjs-maps', true), automerge, loro };

/** The peers that are named, or all. */
export async function load(names) {
    const chosen = names.length === 0 ? Object.keys(PEERS) : names;
    const loaded = [];
    for (const name of chosen) {
        if (PEERS[name] === undefined) {
            throw new Error(`there is no peer ${name}; there are ${Object.keys(PEERS).join(', ')}`);
        }
        loaded.push(await PEERS[name]());
    }
    return loaded;
}

/** Runs something and says how many milliseconds it took. */
export function milliseconds(work) {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds of processor time so far, of all threads: what remains comparable when others use the machine. */
export function processorMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
}

/** Prints a result: one line of JSON. */
export function report(result) {
    console.log(JSON.stringify({ ...result, node: process.versions.node, residentMb: Math.round(process.memoryUsage().rss / 1e6) }));
}
