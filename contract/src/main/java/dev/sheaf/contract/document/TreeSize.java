package dev.sheaf.contract.document;

/// Counts the values of a document as if every alias were written out.
final class TreeSize {
    private long nodes;

    long nodes() {
        return nodes;
    }

    void add(long more, Position at) throws DocumentFault {
        nodes += more;
        if (nodes > DocumentReader.NODES_MAX) {
            throw DocumentReader.tooMany(at);
        }
    }
}
