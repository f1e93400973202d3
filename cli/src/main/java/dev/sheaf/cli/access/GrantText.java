package dev.sheaf.cli.access;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.GrantDecisionInfo;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantTermsInfo;

import java.util.List;

/// Grants as people read them.
final class GrantText {
    private GrantText() {}

    /// What a command has done with one grant.
    static void print(Cli cli, NodeOptions node, GrantInfo grant) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), grant);
        } else {
            cli.terminal().out().println(Glyphs.harmless(sentence(grant)));
        }
    }

    private static String sentence(GrantInfo grant) {
        String what =
                grant.id()
                        + " is "
                        + grant.state()
                        + ": "
                        + grant.product()
                        + " for "
                        + grant.subject()
                        + ", purpose '"
                        + grant.purpose()
                        + "'";
        return switch (grant.state()) {
            case "requested", "approved" ->
                    what
                            + ", until "
                            + Shown.instant(terms(grant).until())
                            + ", personal data "
                            + data(terms(grant));
            default -> what;
        };
    }

    static Table table(List<GrantInfo> grants) {
        Table table =
                Table.of(
                        Column.text("id"),
                        Column.text("product"),
                        Column.text("for"),
                        Column.text("purpose"),
                        Column.text("state"),
                        Column.text("until"),
                        Column.text("personal data"),
                        Column.text("asked by"),
                        Column.text("decided by"),
                        Column.text("reason"));
        grants.forEach(grant -> table.row(row(grant)));
        return table;
    }

    private static List<Cell> row(GrantInfo grant) {
        return List.of(
                Cell.of(grant.id()),
                Cell.of(grant.product()),
                Cell.of(grant.subject()),
                Cell.of(grant.purpose()),
                new Cell.Toned(grant.state(), tone(grant.state())),
                Cell.of(Shown.instant(terms(grant).until())),
                Cell.of(data(terms(grant))),
                Cell.of(grant.askedBy()),
                Cell.of(grant.decisions().isEmpty() ? "" : grant.decisions().getLast().by()),
                Cell.of(
                        grant.decisions().isEmpty()
                                ? grant.reason()
                                : reason(grant.decisions().getLast(), grant)));
    }

    private static String reason(GrantDecisionInfo decision, GrantInfo grant) {
        return decision.reason().isEmpty() ? grant.reason() : decision.reason();
    }

    private static GrantTermsInfo terms(GrantInfo grant) {
        return grant.granted().orElse(grant.wanted());
    }

    private static String data(GrantTermsInfo terms) {
        return terms.clear() ? "as it is" : "masked";
    }

    private static Cell.Tone tone(String state) {
        return switch (state) {
            case "approved" -> Cell.Tone.GOOD;
            case "requested" -> Cell.Tone.WARNING;
            case "denied", "revoked" -> Cell.Tone.BAD;
            default -> Cell.Tone.FAINT;
        };
    }
}
