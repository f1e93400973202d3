// Replays a sequential editing trace: node trace.mjs TRACE.json.gz SECONDS [PEER…]
// Three times, each from an empty text: every transaction of the trace as a change of its own whose update is kept (`write`), those
// updates one by one at another replica (`apply`), and everything in one change (`bulk`, which is how libraries like to be measured).
// Writing and applying each stop after SECONDS; `written` and `applied` then say how many transactions that were.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load, milliseconds, processorMs, report } from './peers.mjs';

const [file, seconds, ...names] = process.argv.slice(2);
const trace = JSON.parse(gunzipSync(readFileSync(file)));
const transactions = trace.txns.map((transaction) => transaction.patches);
const patches = transactions.flat();
if (/[\ud800-\udfff]/.test(trace.endContent) || patches.some(([, , inserted]) => /[\ud800-\udfff]/.test(inserted))) {
    throw new Error(`${file} counts code points, which differ from UTF-16 units in this text; it cannot be replayed here`);
}
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Runs step(i) for each i below count until the time is over. */
function timed(count, step) {
    const processorStart = processorMs();
    const start = performance.now();
    let done = 0;
    for (; done < count; done++) {
        if (done % 100 === 0 && performance.now() - start > seconds * 1e3) break;
        step(done);
    }
    return { done, ms: performance.now() - start, processor: processorMs() - processorStart };
}

/** The text after so many transactions. */
function expected(count) {
    if (count === transactions.length) return trace.endContent;
    let text = trace.startContent;
    for (const [position, deleted, inserted] of transactions.slice(0, count).flat()) {
        text = text.substring(0, position) + inserted + text.substring(position + deleted);
    }
    return text;
}

for (const peer of await load(names)) {
    const writer = peer.create();
    writer.listen();
    const updates = [];
    const written = timed(transactions.length, (i) => { updates.push(writer.edit(transactions[i])); });
    const reader = peer.create();
    const applied = timed(written.done, (i) => { reader.apply(updates[i]); });
    const bulk = peer.create();
    const bulkMs = milliseconds(() => { bulk.edit(patches); });
    report({
        peer: peer.name,
        version: peer.version,
        benchmark: 'trace',
        trace: basename(file, '.json.gz'),
        transactions: transactions.length,
        patches: patches.length,
        written: written.done,
        writeMs: Math.round(written.ms),
        writeProcessorMs: Math.round(written.processor),
        applied: applied.done,
        applyMs: Math.round(applied.ms),
        applyProcessorMs: Math.round(applied.processor),
        bulkMs: Math.round(bulkMs),
        bytesPerUpdate: Math.round(updates.reduce((sum, update) => sum + update.length, 0) / updates.length * 10) / 10,
        textEqual: writer.text() === expected(written.done) && reader.text() === expected(applied.done) && bulk.text() === trace.endContent,
        digest: sha256(bulk.text()),
    });
}
