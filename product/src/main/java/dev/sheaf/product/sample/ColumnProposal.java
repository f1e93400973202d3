package dev.sheaf.product.sample;

import java.util.List;

/// What kind of personal data a column may hold, for its owner to confirm or to deny.
///
/// @param column its name
/// @param path where in the column, as in `address.street`
/// @param kind the classification that is proposed, for example `email`
/// @param type more exactly, for example `EMAIL_ADDRESS`
/// @param confidence from 0 to 1
/// @param evidence sentences with counts, never with values
/// @param decided what the contract says of the column already: its classification, or
///   `not-personal`; empty when it says nothing
public record ColumnProposal(
        String column,
        String path,
        String kind,
        String type,
        double confidence,
        List<String> evidence,
        String decided) {
    public ColumnProposal {
        evidence = List.copyOf(evidence);
    }

    /// The same, of a column of which that has been decided.
    public ColumnProposal with(String decision) {
        return new ColumnProposal(column, path, kind, type, confidence, evidence, decision);
    }
}
