package dev.sheaf.cli.proposals;

import dev.sheaf.cli.mesh.PlanText;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ProposalInfo;

/// A proposal for people to read.
final class ProposalText {
    private final Terminal terminal;

    ProposalText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(ProposalInfo proposal) {
        terminal.out().println(terminal.outPalette().bold(Glyphs.harmless(proposal.id())));
        field("state", proposal.state());
        field(
                "from",
                proposal.by() + " in " + proposal.from() + ", " + Shown.instant(proposal.at()));
        field("to", proposal.home() + ", domains " + String.join(", ", proposal.domains()));
        field("files", String.join(", ", proposal.files()));
        if (!proposal.reason().isEmpty()) {
            field("reason", proposal.reason());
        }
        proposal.decidedBy()
                .ifPresent(by ->
                        field(
                                "decided",
                                by
                                        + proposal.decidedAt()
                                                .map(at -> ", " + Shown.instant(at))
                                                .orElse("")
                                        + proposal.decidedWhy().map(why -> ": " + why).orElse("")));
        proposal.problem().ifPresent(problem -> field("cannot", problem.detail()));
        proposal.plan()
                .ifPresent(plan ->
                        terminal.out().print(new PlanText(terminal.outPalette()).text(plan)));
    }

    private void field(String name, String text) {
        terminal.out()
                .println(
                        terminal.outPalette().dim(String.format("  %-8s", name))
                                + " "
                                + Glyphs.harmlessLines(text));
    }
}
