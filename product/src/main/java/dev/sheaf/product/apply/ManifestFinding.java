package dev.sheaf.product.apply;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.document.Position;

import java.util.Locale;

/// Something to say about a file of a set of manifests.
///
/// @param file as it was named to [ManifestReader]
public record ManifestFinding(String file, Position at, Finding.Severity severity, String message) {

    public boolean isError() {
        return severity == Finding.Severity.ERROR;
    }

    /// `file:line:column: severity: message`, as editors understand it.
    @Override
    public String toString() {
        return Finding.shown(file)
                + ":"
                + at
                + ": "
                + severity.name().toLowerCase(Locale.ROOT)
                + ": "
                + message;
    }
}
