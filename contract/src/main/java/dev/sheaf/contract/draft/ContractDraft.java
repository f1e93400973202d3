package dev.sheaf.contract.draft;

import dev.sheaf.contract.draft.SampleProfile.Column;

import java.util.Map;
import java.util.Optional;

/// Writes a first contract for data of which there is a sample.
///
/// The text is a valid ODCS 3.1.0 document. Every guess carries its evidence as a comment; where
/// the evidence is thin the guess is a comment itself. Values of columns that may hold personal
/// data are never shown.
public final class ContractDraft {
    private ContractDraft() {}

    public static String write(SampleProfile profile) {
        return write(profile, DraftOptions.NONE);
    }

    public static String write(SampleProfile profile, DraftOptions options) {
        return write(profile, options, Map.of());
    }

    /// @param guesses by the column's name in the file
    public static String write(
            SampleProfile profile, DraftOptions options, Map<String, PersonalGuess> guesses) {
        String name =
                options.name()
                        .map(DraftNames::slug)
                        .orElseGet(() -> DraftNames.slug(DraftNames.stem(profile.file())));
        YamlWriter yaml = new YamlWriter();
        yaml.remark(0, "Drafted from " + extent(profile) + " of " + profile.file() + ".");
        yaml.remark(
                0,
                "Each guess is followed by its evidence: confirm or correct it, then remove this"
                        + " line.");
        yaml.line(0, "apiVersion: v3.1.0");
        yaml.line(0, "kind: DataContract");
        yaml.line(0, "id: " + YamlWriter.quoted(options.id().orElseGet(() -> id(options, name))));
        yaml.line(0, "name: " + YamlWriter.quoted(name));
        yaml.line(0, "version: \"0.1.0\"");
        yaml.line(0, "status: draft");
        options.domain().ifPresent(domain -> yaml.line(0, "domain: " + YamlWriter.quoted(domain)));
        yaml.line(0, "schema:");
        table(yaml, profile, name.replace('-', '_'), guesses);
        return yaml.toString();
    }

    private static String id(DraftOptions options, String name) {
        return options.domain().map(domain -> DraftNames.slug(domain) + "-" + name).orElse(name);
    }

    private static String extent(SampleProfile profile) {
        return (profile.whole() ? "all " : "the first ") + profile.rows() + " rows";
    }

    private static void table(
            YamlWriter yaml,
            SampleProfile profile,
            String name,
            Map<String, PersonalGuess> guesses) {
        yaml.line(2, "- name: " + YamlWriter.quoted(name));
        yaml.line(4, "physicalType: table");
        if (!profile.header()) {
            yaml.remark(4, "The file has no header line: name the columns, in file order, and say");
            yaml.remark(4, "'header: false' in the product's sheaf.source.");
        }
        yaml.line(4, "properties:");
        Optional<KeyChoice> key = KeyChoice.of(profile);
        if (key.isEmpty()) {
            yaml.remark(6, "No column, and no pair that was tried, is unique and never null.");
        }
        DraftNames names = new DraftNames();
        for (Column column : profile.columns()) {
            new ColumnDraft(
                            profile,
                            column,
                            names.unique(column.name()),
                            key,
                            Optional.ofNullable(guesses.get(column.name())))
                    .write(yaml, 6);
        }
        yaml.line(4, "quality:");
        yaml.line(6, "- metric: rowCount");
        yaml.line(8, "mustBeGreaterThan: 0");
        yaml.line(8, "dimension: coverage");
    }
}
