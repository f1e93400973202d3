package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.syntax.Rule;

import java.util.ArrayList;
import java.util.List;

/// A whole module: its statements, with an empty line between them.
final class ModuleFormat {
    private final Module module;
    private final Page page = new Page();
    private final Transcript transcript;
    private final Names names;
    private final ImportFormat imports;
    private final RuleFormat rules;
    private int nextRule;

    /// The line of a rule that was written on one line; 0 when the last statement was none.
    private int shortRuleLine;

    ModuleFormat(Module module, Style style) {
        this.module = module;
        this.transcript = new Transcript(new Source(module), page);
        this.names = new Names(module, style.isConverting());
        BodyFormat bodies = new BodyFormat(transcript, names);
        this.imports = new ImportFormat(transcript, names, style);
        this.rules = new RuleFormat(transcript, bodies, style);
    }

    String write() {
        transcript.line(true);
        transcript.expect("package");
        transcript.space();
        imports.path();
        while (true) {
            while (transcript.is(";")) {
                transcript.skip();
            }
            if (transcript.isAtEnd()) {
                break;
            }
            statement();
        }
        transcript.separate();
        names.requireNone();
        return page.text();
    }

    private void statement() {
        List<Rule> same = rulesHere();
        if (same.isEmpty()) {
            transcript.separate();
            imports.group();
            shortRuleLine = 0;
            return;
        }
        Rule rule = same.getFirst();
        int line = transcript.current().line();
        if (isShort(rule) && shortRuleLine > 0 && line == shortRuleLine + 1) {
            transcript.endLine();
        } else {
            transcript.separate();
        }
        int before = page.lines();
        rules.write(same);
        shortRuleLine = isShort(rule) && page.lines() == before ? line : 0;
    }

    /// The rules whose head is the current piece.
    private List<Rule> rulesHere() {
        List<Rule> same = new ArrayList<>();
        int offset = transcript.current().offset();
        while (nextRule < module.rules().size()
                && module.rules().get(nextRule).at().offset() == offset) {
            same.add(module.rules().get(nextRule));
            nextRule++;
        }
        return same;
    }

    /// Whether it may stand next to another one.
    private boolean isShort(Rule rule) {
        return !rule.isDefault()
                && rule.body().expressions().size() <= 1
                && (module.version() == RegoVersion.V1 || !rule.hasBody());
    }
}
