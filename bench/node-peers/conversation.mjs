// Appending to one conversation: node conversation.mjs OPERATIONS SECONDS [PEER…]
// Each message is a change of its own at the writer; another replica then applies the updates one by one. Rates are given for the
// whole and for each quarter of the file, so that growth shows. Writer and reader each stop after SECONDS: `messages` and
// `applied` then say how far they came, and the digest is that of the messages applied.
import { digest, readOperations } from './operations.mjs';
import { load, processorMs, report } from './peers.mjs';

const [file, seconds, ...names] = process.argv.slice(2);
const operations = readOperations(file);
const quarter = Math.ceil(operations.length / 4);

/** Runs step(i) for each i below count until the time is over; gives the count done and rates by quarter. */
function timed(count, step) {
    const start = process.hrtime.bigint();
    const limit = start + BigInt(Math.round(Number(seconds) * 1e9));
    const processorStart = processorMs();
    const byQuarter = [];
    let quarterStart = start;
    let done = 0;
    for (; done < count; done++) {
        if (done % 100 === 0 && process.hrtime.bigint() > limit) break;
        step(done);
        if ((done + 1) % quarter === 0 || done + 1 === count) {
            const now = process.hrtime.bigint();
            byQuarter.push(Math.round((done % quarter + 1) / (Number(now - quarterStart) / 1e9)));
            quarterStart = now;
        }
    }
    const perProcessorSecond = Math.round(done / (processorMs() - processorStart) * 1e3);
    return { done, perProcessorSecond, perSecond: Math.round(done / (Number(process.hrtime.bigint() - start) / 1e9)), byQuarter };
}

for (const peer of await load(names)) {
    const writer = peer.create();
    writer.listen();
    const updates = [];
    const written = timed(operations.length, (i) => { updates.push(writer.change(operations[i])); });
    const reader = peer.create();
    const applied = timed(written.done, (i) => { reader.apply(updates[i]); });
    report({
        peer: peer.name,
        version: peer.version,
        benchmark: 'conversation',
        messages: written.done,
        applied: applied.done,
        messagesPerSecond: written.perSecond,
        messagesPerProcessorSecond: written.perProcessorSecond,
        messagesPerSecondByQuarter: written.byQuarter,
        appliedPerSecond: applied.perSecond,
        appliedPerProcessorSecond: applied.perProcessorSecond,
        appliedPerSecondByQuarter: applied.byQuarter,
        bytesPerUpdate: Math.round(updates.reduce((sum, update) => sum + update.length, 0) / updates.length * 10) / 10,
        digest: digest([reader.read()]),
    });
}
