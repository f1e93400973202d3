package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.BooleanValue;

import java.util.List;
import java.util.Set;

/// What stands before a rule's body: its name, arguments, member or value.
final class HeadFormat {
    private static final Set<String> BODY = Set.of("if", "{");

    private final Transcript transcript;
    private final TermFormat terms;
    private final Style style;

    HeadFormat(Transcript transcript, TermFormat terms, Style style) {
        this.transcript = transcript;
        this.terms = terms;
        this.style = style;
    }

    void write(Rule rule) {
        if (rule.isDefault()) {
            transcript.expect("default");
            transcript.space();
        }
        terms.write(rule.path().getFirst());
        rule.path().stream().skip(1).forEach(this::part);
        rule.arguments().ifPresent(terms::list);
        rule.member().ifPresent(this::member);
        value(rule);
    }

    private void part(Term part) {
        boolean isDotted = transcript.is(".");
        transcript.write();
        if (isDotted) {
            transcript.write();
        } else {
            terms.write(part);
            transcript.expect("]");
        }
    }

    /// `contains x`, or `[x]` in v0.
    private void member(Term member) {
        if (transcript.is("contains")) {
            transcript.space();
            transcript.write();
            transcript.space();
            terms.write(member);
        } else if (!style.isConverting()) {
            part(member);
        } else if (transcript.is(".")) {
            transcript.skip();
            contains();
            transcript.write("\"" + transcript.current().text() + "\"");
        } else {
            transcript.skip();
            contains();
            terms.write(member);
            transcript.skip();
        }
    }

    private void contains() {
        transcript.space();
        transcript.add("contains");
        transcript.space();
    }

    /// `:= value`; a rule with a body is true unless it says otherwise.
    void value(Rule rule) {
        if (!transcript.is(":=") && !transcript.is("=")) {
            return;
        }
        if (isImplied(rule)) {
            transcript.skip();
            transcript.skip();
            return;
        }
        transcript.space();
        if (style.isV1()) {
            transcript.write(":=");
        } else {
            transcript.write();
        }
        transcript.space();
        terms.write(rule.value());
    }

    private boolean isImplied(Rule rule) {
        List<Term> path = rule.path();
        int next = transcript.position() + 2;
        return rule.hasBody()
                && path.size() == 1
                && rule.value() instanceof Term.Scalar(BooleanValue value, Location at)
                && value.value()
                && transcript.next().text().equals("true")
                && BODY.contains(transcript.source().piece(next).text());
    }
}
