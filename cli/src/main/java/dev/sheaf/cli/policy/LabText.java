package dev.sheaf.cli.policy;

import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.PolicyAnswer;
import dev.sheaf.client.PolicyLabAnswer;
import dev.sheaf.client.PolicyLabDecision;
import dev.sheaf.client.PolicyLabStatement;

import java.io.PrintStream;
import java.util.TreeMap;

/// What the policy lab found, for people.
final class LabText {
    private final Terminal terminal;
    private final PrintStream out;
    private final boolean isTraced;

    LabText(Terminal terminal, boolean isTraced) {
        this.terminal = terminal;
        this.out = terminal.out();
        this.isTraced = isTraced;
    }

    void print(PolicyLabAnswer answer) {
        answer.decisions().forEach(this::print);
        answer.statement().ifPresent(this::print);
        answer.refused()
                .ifPresent(why ->
                        out.println(
                                terminal.outPalette().bad("the statement would not run: ")
                                        + Glyphs.harmlessLines(why)));
        out.println("policies " + answer.policy());
        if (!answer.decides()) {
            terminal.err().println("an external OPA decides at this node, not these policies");
        }
    }

    private void print(PolicyLabDecision decision) {
        Palette palette = terminal.outPalette();
        PolicyAnswer answer = decision.answer();
        out.println(
                (answer.allow() ? palette.good("allowed") : palette.bad("denied"))
                        + "  "
                        + shown(decision, "/action")
                        + " of "
                        + shown(decision, "/resource/id")
                        + " by "
                        + shown(decision, "/subject/id"));
        answer.reasons().forEach(reason -> indented("because ", reason));
        new TreeMap<>(answer.masks())
                .forEach((column, mask) -> indented("mask    ", column + " " + mask));
        answer.filters().forEach(filter -> indented("rows    ", filter));
        decision.notes().forEach(note -> indented("print   ", note));
        if (isTraced) {
            decision.trace().forEach(line -> indented("", line));
        }
    }

    private void print(PolicyLabStatement statement) {
        out.println("the statement becomes");
        indented("", statement.sql());
        for (PolicyLabStatement.View view : statement.views()) {
            out.println("where " + Glyphs.harmless(view.name()) + " is");
            indented("", view.sql());
        }
    }

    private void indented(String label, String text) {
        out.println("  " + label + Glyphs.harmlessLines(text).replace("\n", "\n  "));
    }

    private static String shown(PolicyLabDecision decision, String pointer) {
        return Glyphs.harmless(decision.input().at(pointer).asString("?"));
    }
}
