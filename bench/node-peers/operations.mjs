// The operations that the benchmark wrote (dev.sheaf.bench.context.SmallDocuments), and the digest of what must come out.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Reads lines of {doc, op, path, value}. */
export function readOperations(file) {
    return readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
}

/** One more than the highest document number. */
export function documentCount(operations) {
    return operations.reduce((most, operation) => Math.max(most, operation.doc), -1) + 1;
}

/** Splits "/usage/tokens" into its two parts; every path of the file has two. */
export function parts(path) {
    const slash = path.indexOf('/', 1);
    return [path.substring(1, slash), path.substring(slash + 1)];
}

/** SHA-256 over every leaf of every document, as SmallDocuments.digest describes it. */
export function digest(documents) {
    const hash = createHash('sha256');
    documents.forEach((document, number) => {
        const leaves = [];
        collect(document, '', leaves);
        leaves.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
        for (const [path, value] of leaves) {
            hash.update(`${number}\t${path}\t${value}\n`);
        }
    });
    return hash.digest('hex');
}

function collect(value, path, leaves) {
    if (value !== null && typeof value === 'object') {
        for (const [key, member] of Object.entries(value)) {
            collect(member, `${path}/${key}`, leaves);
        }
    } else {
        leaves.push([path, String(value)]);
    }
}
