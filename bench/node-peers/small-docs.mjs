// Remote updates to many small documents: node small-docs.mjs OPERATIONS COUNT SECONDS [PEER…]
// COUNT is how many of the file's operations are used, for all of its documents: slow libraries get fewer.
// A source replica of each document makes one binary update for each operation; only one source lives at a time, because some
// libraries slow down with the number of documents. Timed is only applying the updates, in the file's order, to replicas that exist
// already; after SECONDS it stops, `applied` then says how far it came, and the digest is that of the operations applied. The
// updates of a twentieth of the documents are applied to other replicas first, so that compiled code is measured.
import { digest, documentCount, readOperations } from './operations.mjs';
import { load, milliseconds, processorMs, report } from './peers.mjs';

const [file, count, seconds, ...names] = process.argv.slice(2);
const everything = readOperations(file);
const documents = documentCount(everything);
const operations = everything.slice(0, count);
const byDocument = Array.from({ length: documents }, () => []);
operations.forEach((operation, i) => byDocument[operation.doc].push(i));

for (const peer of await load(names)) {
    const updates = new Array(operations.length);
    const sourceMs = milliseconds(() => {
        for (const own of byDocument) {
            const source = peer.create();
            source.listen();
            for (const i of own) {
                updates[i] = source.change(operations[i]);
            }
            source.free();
        }
    });
    for (const own of byDocument.slice(0, documents / 20)) {
        const replica = peer.create();
        own.forEach((i) => replica.apply(updates[i]));
        replica.free();
    }
    const replicas = Array.from({ length: documents }, () => peer.create());
    let applied = 0;
    const processorStart = processorMs();
    const applyMs = milliseconds(() => {
        const limit = performance.now() + seconds * 1e3;
        for (; applied < operations.length; applied++) {
            if (applied % 100 === 0 && performance.now() > limit) break;
            replicas[operations[applied].doc].apply(updates[applied]);
        }
    });
    const applyProcessorMs = processorMs() - processorStart;
    report({
        peer: peer.name,
        version: peer.version,
        benchmark: 'small-docs',
        documents,
        updates: operations.length,
        applied,
        updatesPerSecond: Math.round(applied / applyMs * 1e3),
        updatesPerProcessorSecond: Math.round(applied / applyProcessorMs * 1e3),
        writesPerSecond: Math.round(operations.length / sourceMs * 1e3),
        bytesPerUpdate: Math.round(updates.reduce((sum, update) => sum + update.length, 0) / updates.length * 10) / 10,
        applyMs: Math.round(applyMs),
        digest: digest(replicas.map((replica) => replica.read())),
    });
}
