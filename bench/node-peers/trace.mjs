// Replays a sequential editing trace: node trace.mjs TRACE.json.gz [PEER…]
// Three times, each from an empty text: every transaction of the trace as a change of its own whose update is kept (`write`), those
// updates one by one at another replica (`apply`), and everything in one change (`bulk`, which is how libraries like to be measured).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load, milliseconds, report } from './peers.mjs';

const [file, ...names] = process.argv.slice(2);
const trace = JSON.parse(gunzipSync(readFileSync(file)));
const transactions = trace.txns.map((transaction) => transaction.patches);
const patches = transactions.flat();
if (/[\ud800-\udfff]/.test(trace.endContent) || patches.some(([, , inserted]) => /[\ud800-\udfff]/.test(inserted))) {
    throw new Error(`${file} counts code points, which differ from UTF-16 units in this text; it cannot be replayed here`);
}
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

for (const peer of await load(names)) {
    const writer = peer.create();
    writer.listen();
    const updates = [];
    const writeMs = milliseconds(() => {
        for (const transaction of transactions) updates.push(writer.edit(transaction));
    });
    const reader = peer.create();
    const applyMs = milliseconds(() => {
        for (const update of updates) reader.apply(update);
    });
    const bulk = peer.create();
    const bulkMs = milliseconds(() => { bulk.edit(patches); });
    report({
        peer: peer.name,
        version: peer.version,
        benchmark: 'trace',
        trace: basename(file, '.json.gz'),
        transactions: transactions.length,
        patches: patches.length,
        writeMs: Math.round(writeMs),
        applyMs: Math.round(applyMs),
        bulkMs: Math.round(bulkMs),
        bytesPerUpdate: Math.round(updates.reduce((sum, update) => sum + update.length, 0) / updates.length * 10) / 10,
        textEqual: [writer, reader, bulk].every((replica) => replica.text() === trace.endContent),
        digest: sha256(reader.text()),
    });
}
