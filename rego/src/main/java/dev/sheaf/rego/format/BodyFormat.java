package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Term;

import java.util.List;
import java.util.Optional;

/// Expressions, and the bodies that they make up.
final class BodyFormat {
    private final Transcript transcript;
    private final TermFormat terms;

    BodyFormat(Transcript transcript, Names names) {
        this.transcript = transcript;
        this.terms = new TermFormat(transcript, names, this);
    }

    TermFormat terms() {
        return terms;
    }

    /// `{ … }`, each expression on a line.
    void block(Body body) {
        transcript.expect("{");
        lines(body);
        transcript.expect("}");
    }

    /// What stands behind a comprehension's head.
    void ofComprehension(Body body) {
        transcript.space();
        Source source = transcript.source();
        int open = source.opener(transcript.position());
        boolean isBroken = source.piece(open).line() < source.piece(open + 1).line();
        inside(body, source.closer(open), isBroken);
        transcript.write();
    }

    private void ofEvery(Body body) {
        transcript.space();
        if (!inside(body, transcript.source().closer(transcript.position()), false)) {
            transcript.space();
        }
        transcript.write();
    }

    /// The current piece opens the body.
    ///
    /// @return whether it has lines of its own
    private boolean inside(Body body, int close, boolean mustBreak) {
        boolean isBroken = mustBreak || isBroken(body, close);
        transcript.write();
        if (isBroken) {
            lines(body);
        } else {
            inLine(body);
        }
        return isBroken;
    }

    private boolean isBroken(Body body, int close) {
        Source source = transcript.source();
        int line = transcript.current().lastLine();
        for (Expression expression : body.expressions()) {
            int start = expression.at().line();
            if (start > line) {
                return true;
            }
            line = start;
        }
        return source.hasComments(transcript.position(), close);
    }

    private void lines(Body body) {
        transcript.indent();
        for (Expression expression : body.expressions()) {
            transcript.line(true);
            expression(expression);
            skipSeparators();
            if (transcript.is("-")) {
                // Without it, the next expression would be taken for a part of this one.
                transcript.add(";");
            }
        }
        transcript.closingLine();
    }

    private void inLine(Body body) {
        List<Expression> expressions = body.expressions();
        for (int i = 0; i < expressions.size(); i++) {
            transcript.space();
            expression(expressions.get(i));
            skipSeparators();
            if (i < expressions.size() - 1) {
                transcript.add(";");
            }
        }
    }

    void skipSeparators() {
        while (transcript.is(";")) {
            transcript.skip();
        }
    }

    void expression(Expression expression) {
        if (expression.isNegated()) {
            keyword("not");
        }
        switch (expression.kind()) {
            case Kind.Holds(Term term) -> terms.write(term);
            case Kind.Assign(Term left, Term right) -> pair(left, right);
            case Kind.Unify(Term left, Term right) -> pair(left, right);
            case Kind.Some(List<Term.Variable> names) -> {
                keyword("some");
                names(names);
            }
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                keyword("some");
                membership(key, value, collection);
            }
            case Kind.Every(Optional<Term> key, Term value, Term domain, Body body) -> {
                keyword("every");
                membership(key, value, domain);
                ofEvery(body);
            }
        }
        withs(expression.withs());
    }

    private void keyword(String word) {
        transcript.expect(word);
        transcript.space();
    }

    private void pair(Term left, Term right) {
        terms.write(left);
        transcript.space();
        transcript.write();
        transcript.space();
        terms.write(right);
    }

    private void names(List<Term.Variable> names) {
        transcript.indent();
        for (int i = 0; i < names.size(); i++) {
            terms.write(names.get(i));
            if (i < names.size() - 1) {
                transcript.attach();
                spaceOrLine();
            }
        }
        transcript.outdent();
    }

    /// As the author had it.
    private void spaceOrLine() {
        if (transcript.current().line() > transcript.previousLine()) {
            transcript.line(false);
        } else {
            transcript.space();
        }
    }

    private void membership(Optional<Term> key, Term value, Term collection) {
        if (key.isPresent()) {
            terms.write(key.get());
            transcript.attach();
            transcript.space();
        }
        terms.write(value);
        transcript.space();
        keyword("in");
        terms.write(collection);
    }

    /// On lines of their own when the author had them so.
    private void withs(List<Expression.With> withs) {
        boolean isIndented = false;
        for (Expression.With with : withs) {
            if (!isIndented && transcript.current().line() > transcript.previousLine()) {
                transcript.indent();
                isIndented = true;
            }
            spaceOrLine();
            keyword("with");
            terms.write(with.target());
            transcript.space();
            keyword("as");
            terms.write(with.value());
        }
        if (isIndented) {
            transcript.outdent();
        }
    }
}
