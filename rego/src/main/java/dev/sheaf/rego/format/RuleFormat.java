package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Rule;

import java.util.List;
import java.util.Optional;

/// Rules, with what is tried otherwise.
final class RuleFormat {
    private final Transcript transcript;
    private final BodyFormat bodies;
    private final HeadFormat heads;
    private final Style style;

    /// Whether the body that was written last has no braces.
    private boolean isOpen;

    RuleFormat(Transcript transcript, BodyFormat bodies, Style style) {
        this.transcript = transcript;
        this.bodies = bodies;
        this.heads = new HeadFormat(transcript, bodies.terms(), style);
        this.style = style;
    }

    /// Rules of one head, which was written once; each gets its own.
    void write(List<Rule> rules) {
        int start = transcript.position();
        one(rules.getFirst());
        for (Rule rule : rules.subList(1, rules.size())) {
            transcript.separate();
            int body = transcript.position();
            transcript.goTo(start);
            heads.write(rule);
            transcript.goTo(body);
            body(rule);
        }
    }

    private void one(Rule rule) {
        heads.write(rule);
        body(rule);
        Optional<Rule> otherwise = rule.otherwise();
        while (otherwise.isPresent()) {
            Rule next = otherwise.get();
            beforeElse();
            transcript.expect("else");
            heads.value(next);
            body(next);
            otherwise = next.otherwise();
        }
    }

    private void beforeElse() {
        boolean isOnNewLine = transcript.current().line() > transcript.previousLine();
        if (isOpen || isOnNewLine || transcript.hasComments()) {
            transcript.separate();
        } else {
            transcript.space();
        }
    }

    private void body(Rule rule) {
        if (!rule.hasBody()) {
            return;
        }
        int line = transcript.current().line();
        boolean hasIf = transcript.is("if");
        transcript.space();
        if (hasIf) {
            transcript.write();
            transcript.space();
        } else if (style.isConverting()) {
            transcript.add("if");
            transcript.space();
        }
        Body body = rule.body();
        Expression first = body.expressions().getFirst();
        boolean isSameLine = first.at().line() == line;
        boolean isBraced = transcript.is("{");
        isOpen = isSameLine && (!isBraced || (hasIf || style.isConverting()) && isPlain(body));
        if (isBraced && isOpen) {
            transcript.skip();
            bodies.expression(first);
            bodies.skipSeparators();
            transcript.skip();
        } else if (isBraced) {
            bodies.block(body);
        } else if (isOpen) {
            bodies.expression(first);
        } else {
            inBraces(first);
        }
    }

    /// Whether it means the same without its braces.
    private boolean isPlain(Body body) {
        int open = transcript.position();
        Source source = transcript.source();
        return body.expressions().size() == 1
                && !transcript.hasComments()
                && !transcript.next().text().equals("{")
                && !source.hasComments(open, source.closer(open));
    }

    private void inBraces(Expression expression) {
        transcript.add("{");
        transcript.indent();
        transcript.line(true);
        bodies.expression(expression);
        transcript.endLine();
        transcript.outdent();
        transcript.add("}");
    }
}
