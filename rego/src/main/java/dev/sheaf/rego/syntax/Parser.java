package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.StringValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads modules and queries. Each instance reads one text.
public final class Parser {
    private static final Body TRUE = new Body(List.of());

    private final String file;
    private final String text;
    private final RegoVersion version;
    private final Lexer lexer;
    private final Tokens tokens;
    private final BodyParser bodies;
    private final TermParser terms;
    private boolean isStrict;

    private Parser(String file, String text, RegoVersion version) {
        this.file = file;
        this.text = text;
        this.version = version;
        this.lexer = new Lexer(file, text);
        this.tokens = new Tokens(lexer);
        this.bodies = new BodyParser(tokens);
        this.terms = bodies.terms();
        this.isStrict = version == RegoVersion.V1;
        if (isStrict) {
            Tokens.FUTURE.forEach(tokens::allowKeyword);
        }
    }

    /// @throws PolicyFault with the place of the first error
    public static Module module(String file, String text, RegoVersion version) {
        return parse(file, text, version, Parser::module);
    }

    /// @throws PolicyFault with the place of the first error
    public static Body query(String text, RegoVersion version) {
        return parse("", text, version, parser -> parser.queryBody());
    }

    /// A single term, for example an input that holds sets.
    ///
    /// @throws PolicyFault with the place of the first error
    public static Term term(String text) {
        return parse("", text, RegoVersion.V1, parser -> parser.singleTerm());
    }

    private static <T> T parse(
            String file,
            String text,
            RegoVersion version,
            java.util.function.Function<Parser, T> rule) {
        try {
            return rule.apply(new Parser(file, text, version));
        } catch (Lexer.Fault fault) {
            String line = new Lexer(file, text).line(fault.at());
            throw new PolicyFault(
                    List.of(
                            new Diagnostic(
                                    Diagnostic.PARSE,
                                    fault.message(),
                                    fault.at(),
                                    line,
                                    fault.hint())));
        }
    }

    private Body queryBody() {
        if (tokens.current().kind() == Token.Kind.END) {
            throw tokens.unexpected("the query is empty");
        }
        Body body = bodies.untilSymbol("");
        requireEnd();
        return body;
    }

    private Term singleTerm() {
        Term term = terms.expression();
        requireEnd();
        return term;
    }

    private void requireEnd() {
        if (tokens.current().kind() != Token.Kind.END) {
            throw tokens.unexpected("the text should end here");
        }
    }

    private Module module() {
        if (!tokens.isKeyword("package")) {
            throw tokens.unexpected("a module begins with: package name");
        }
        Location at = tokens.take().at();
        List<String> packagePath = packagePath();
        List<Import> imports = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        boolean isSeparated = false;
        while (tokens.current().kind() != Token.Kind.END) {
            if (tokens.skip(";")) {
                isSeparated = true;
                continue;
            }
            if (!isSeparated && !tokens.current().isOnNewLine()) {
                throw tokens.unexpected("each statement begins on a new line, or after ;");
            }
            isSeparated = false;
            if (tokens.isKeyword("import")) {
                importStatement().ifPresent(imports::add);
            } else {
                rules.addAll(rules());
            }
        }
        Annotations annotations = new Annotations(lexer.comments(), lexer::isAlone);
        return new Module(
                file,
                version,
                packagePath,
                at,
                List.copyOf(imports),
                annotations.attach(at, imports, rules),
                annotations.ofPackage(),
                lexer.comments(),
                text);
    }

    private List<String> packagePath() {
        Token first = tokens.current();
        if (first.kind() != Token.Kind.WORD || first.isOnNewLine()) {
            throw tokens.unexpected("a name was expected after package");
        }
        return dotted();
    }

    /// Names after dots, or strings in brackets.
    private List<String> dotted() {
        List<String> path = new ArrayList<>();
        path.add(tokens.take().text());
        while (!tokens.current().isSpaced() && (tokens.is(".") || tokens.is("["))) {
            boolean isDot = tokens.take().is(".");
            Token.Kind wanted = isDot ? Token.Kind.WORD : Token.Kind.STRING;
            if (tokens.current().kind() != wanted) {
                throw tokens.unexpected(isDot ? "expected ident" : "expected a string in quotes");
            }
            path.add(tokens.take().text());
            if (!isDot) {
                tokens.expect("]", "after the name");
            }
        }
        return List.copyOf(path);
    }

    private Optional<Import> importStatement() {
        Location at = tokens.take().at();
        if (tokens.current().kind() != Token.Kind.WORD) {
            throw tokens.unexpected("expected a path that begins with data, input, future or rego");
        }
        List<String> path = dotted();
        Optional<String> alias = Optional.empty();
        if (tokens.skipKeyword("as")) {
            if (!tokens.isName()) {
                throw tokens.unexpected("a name was expected after as");
            }
            alias = Optional.of(tokens.take().text());
        }
        switch (path.getFirst()) {
            case "data", "input" -> {
                return Optional.of(new Import(path, alias, at));
            }
            case "future" -> {
                futureKeywords(path, at);
                return Optional.empty();
            }
            case "rego" -> {
                if (!path.equals(List.of("rego", "v1"))) {
                    throw new Lexer.Fault(
                            "invalid import `" + String.join(".", path) + "`",
                            at,
                            "only rego.v1 can be imported from rego");
                }
                Tokens.FUTURE.forEach(tokens::allowKeyword);
                isStrict = true;
                return Optional.empty();
            }
            default ->
                    throw new Lexer.Fault(
                            "unexpected import path, must begin with one of: {data, future, input,"
                                    + " rego}, got: "
                                    + path.getFirst(),
                            at,
                            "");
        }
    }

    private void futureKeywords(List<String> path, Location at) {
        boolean isKeywords = path.size() > 1 && path.get(1).equals("keywords");
        if (isKeywords && path.size() == 2) {
            Tokens.FUTURE.forEach(tokens::allowKeyword);
        } else if (isKeywords && path.size() == 3 && Tokens.FUTURE.contains(path.get(2))) {
            tokens.allowKeyword(path.get(2));
            if (path.get(2).equals("every")) {
                tokens.allowKeyword("in");
            }
        } else {
            throw new Lexer.Fault(
                    "invalid import `" + String.join(".", path) + "`",
                    at,
                    "future.keywords, or one of " + Tokens.FUTURE + " from it");
        }
    }

    // --- rules

    private List<Rule> rules() {
        if (tokens.isKeyword("default")) {
            return List.of(defaultRule());
        }
        RuleHead head = head();
        List<Rule> rules = new ArrayList<>();
        boolean hasIf = tokens.skipKeyword("if");
        if (hasIf) {
            Body body = tokens.is("{") ? bodies.inBraces() : single();
            rules.add(head.rule(true, true, body, otherwise(head)));
        } else if (tokens.is("{")) {
            if (isStrict) {
                throw new Lexer.Fault(
                        "`if` keyword is required before rule body",
                        tokens.current().at(),
                        "write " + head.name() + " if { … }");
            }
            rules.add(head.rule(false, true, bodies.inBraces(), otherwise(head)));
            while (tokens.is("{")) {
                rules.add(head.rule(false, true, bodies.inBraces(), Optional.empty()));
            }
        } else {
            head.requireValue(isStrict);
            rules.add(head.rule(false, false, TRUE, Optional.empty()));
        }
        return rules;
    }

    private Body single() {
        return new Body(List.of(bodies.expression()));
    }

    private Rule defaultRule() {
        Location at = tokens.take().at();
        if (!tokens.isName()) {
            throw tokens.unexpected("a rule's name was expected after default");
        }
        List<Term> path = headPath();
        Optional<List<Term>> arguments =
                tokens.is("(") ? Optional.of(terms.arguments()) : Optional.empty();
        if (!tokens.skip(":=") && !tokens.skip("=")) {
            throw tokens.unexpected(
                    "default " + ((Term.Variable) path.getFirst()).name() + " := …");
        }
        Term value = terms.expression();
        return new Rule(
                path,
                arguments,
                Optional.empty(),
                value,
                true,
                false,
                TRUE,
                Optional.empty(),
                List.of(),
                at);
    }

    private RuleHead head() {
        Location at = tokens.current().at();
        if (!tokens.isName()) {
            throw tokens.unexpected("a rule begins with its name");
        }
        List<Term> path = headPath();
        Optional<List<Term>> arguments = Optional.empty();
        if (tokens.is("(") && !tokens.current().isSpaced()) {
            arguments = Optional.of(terms.arguments());
        }
        Optional<Term> member = Optional.empty();
        if (arguments.isEmpty() && tokens.skipKeyword("contains")) {
            member = Optional.of(terms.expression());
        }
        Optional<Term> value = Optional.empty();
        if (member.isEmpty() && (tokens.skip(":=") || tokens.skip("="))) {
            value = Optional.of(terms.expression());
        }
        return new RuleHead(path, arguments, member, value, at);
    }

    private List<Term> headPath() {
        Token name = tokens.take();
        Term head = new Term.Variable(name.text(), name.at());
        List<Term> path = new ArrayList<>();
        path.add(head);
        while (!tokens.current().isSpaced()) {
            if (tokens.skip(".")) {
                if (tokens.current().kind() != Token.Kind.WORD) {
                    throw tokens.unexpected("a name was expected after the dot");
                }
                Token part = tokens.take();
                path.add(new Term.Scalar(StringValue.of(part.text()), part.at()));
            } else if (tokens.skip("[")) {
                path.add(terms.item());
                tokens.expect("]", "after the key");
            } else {
                break;
            }
        }
        return List.copyOf(path);
    }

    private Optional<Rule> otherwise(RuleHead head) {
        if (!tokens.isKeyword("else")) {
            return Optional.empty();
        }
        Location at = tokens.take().at();
        if (head.member().isPresent()) {
            throw new Lexer.Fault(
                    "else keyword cannot be used on multi-value rules", at, "write another rule");
        }
        Optional<Term> value = Optional.empty();
        if (tokens.skip(":=") || tokens.skip("=")) {
            value = Optional.of(terms.expression());
        }
        boolean hasIf = tokens.skipKeyword("if");
        Body body = TRUE;
        boolean hasBody = true;
        if (tokens.is("{")) {
            if (isStrict && !hasIf) {
                throw new Lexer.Fault(
                        "`if` keyword is required before rule body",
                        tokens.current().at(),
                        "write else := value if { … }");
            }
            body = bodies.inBraces();
        } else if (hasIf) {
            body = single();
        } else {
            hasBody = false;
        }
        if (!hasBody && value.isEmpty()) {
            throw tokens.unexpected("else needs a value or a body");
        }
        Term result = value.orElse(new Term.Scalar(BooleanValue.TRUE, at));
        RuleHead next = new RuleHead(head.path(), head.arguments(), head.member(), value, at);
        return Optional.of(
                new Rule(
                        head.path(),
                        head.arguments(),
                        Optional.empty(),
                        result,
                        false,
                        hasBody,
                        body,
                        hasBody ? otherwise(next) : Optional.empty(),
                        List.of(),
                        at));
    }
}
