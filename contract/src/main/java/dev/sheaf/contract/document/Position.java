package dev.sheaf.contract.document;

/// A place in a document; both numbers begin at 1, columns count characters (code points).
public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
