package dev.sheaf.contract.document;

import dev.sheaf.contract.Finding;

/// Leaves the depths of a parser; never leaves this package.
final class DocumentFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    DocumentFault(Position at, String keyword, String message) {
        super(message, null, false, false);
        this.finding = new Finding(Finding.Severity.ERROR, at, "", keyword, message);
    }

    Finding finding() {
        return finding;
    }
}
