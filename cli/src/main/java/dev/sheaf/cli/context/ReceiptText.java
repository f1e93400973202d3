package dev.sheaf.cli.context;

import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ContextReceipt;

/// An acknowledged write as a person reads it.
final class ReceiptText {
    private ReceiptText() {}

    static void print(Terminal terminal, ContextReceipt receipt, boolean json) {
        if (json) {
            JsonAnswer.print(terminal, receipt);
            return;
        }
        Palette palette = terminal.outPalette();
        String what =
                receipt.duplicate()
                        ? palette.warning("was there already")
                        : receipt.changed() ? palette.good("written") : "changes nothing";
        terminal.out()
                .println(
                        what
                                + "  version "
                                + Glyphs.harmless(receipt.version())
                                + (receipt.dot().isEmpty()
                                        ? ""
                                        : "  as " + Glyphs.harmless(receipt.dot())));
        terminal.out().println(palette.dim("token ") + Glyphs.harmless(receipt.token()));
    }
}
