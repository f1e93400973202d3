package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.TemplateLexer.Kind;
import dev.sheaf.rego.builtin.web.TemplateLexer.Token;
import dev.sheaf.rego.builtin.web.TemplateNode.Command;
import dev.sheaf.rego.builtin.web.TemplateNode.Operand;
import dev.sheaf.rego.builtin.web.TemplateNode.Pipe;
import dev.sheaf.rego.builtin.web.TemplateNode.Place;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads templates of Go's `text/template`. Used by one thread, once.
final class TemplateParser {
    /// @param named templates that the text defines
    record Template(List<TemplateNode> body, Map<String, List<TemplateNode>> named) {}

    private static final int DEPTH_MAX = 200;

    private final List<Token> tokens;
    private final Map<String, List<TemplateNode>> named = new HashMap<>();
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int depth;
    private int ranges;

    private TemplateParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @throws BuiltinFault when it is no template
    static Template parse(String source) {
        TemplateParser parser = new TemplateParser(TemplateLexer.tokens(source));
        List<TemplateNode> body = new ArrayList<>();
        while (parser.peek().kind() != Kind.END) {
            String closing = parser.nodes(body);
            if (!closing.isEmpty()) {
                throw parser.fault("unexpected {{" + closing + "}}");
            }
        }
        return new Template(body, parser.named);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at++);
    }

    private void skipSpace() {
        if (peek().kind() == Kind.SPACE) {
            at++;
        }
    }

    private boolean skip(Kind kind, String value) {
        boolean isThere = peek().is(kind, value);
        if (isThere) {
            at++;
        }
        return isThere;
    }

    private BuiltinFault fault(String message) {
        return BuiltinFault.of("template: template:" + peek().line() + ": " + message);
    }

    private BuiltinFault unexpected(String where) {
        Token token = peek();
        String shown =
                switch (token.kind()) {
                    case END -> "EOF";
                    case FIELD -> "<." + token.value() + ">";
                    case STRING -> GoQuotedText.of(token.value());
                    default -> "<" + token.value() + ">";
                };
        return fault("unexpected " + shown + " in " + where);
    }

    private static Place place(Token token, String text) {
        return new Place(token.line(), token.column(), text);
    }

    /// Adds nodes up to an action that closes something.
    ///
    /// @return `end`, `else`; empty at the end of the text
    private String nodes(List<TemplateNode> nodes) {
        while (true) {
            Token token = next();
            if (token.kind() == Kind.END) {
                at--;
                return "";
            }
            if (token.kind() == Kind.TEXT) {
                nodes.add(new TemplateNode.Text(token.value()));
                continue;
            }
            skipSpace();
            String word = peek().kind() == Kind.WORD ? peek().value() : "";
            switch (word) {
                case "end" -> {
                    at++;
                    closeAction("end");
                    return "end";
                }
                case "else" -> {
                    at++;
                    return "else";
                }
                case "define" -> {
                    at++;
                    define();
                }
                default -> nodes.add(action(word));
            }
        }
    }

    private void closeAction(String where) {
        skipSpace();
        if (peek().kind() != Kind.ACTION_END) {
            throw unexpected(where);
        }
        at++;
    }

    private TemplateNode action(String word) {
        if (++depth > DEPTH_MAX) {
            throw fault("nested deeper than " + DEPTH_MAX + " levels");
        }
        int variablesBefore = variables.size();
        TemplateNode node =
                switch (word) {
                    case "if" -> choice(false);
                    case "with" -> choice(true);
                    case "range" -> range();
                    case "template" -> invocation();
                    case "block" -> block();
                    case "break", "continue" -> leave(word);
                    default -> {
                        Pipe pipe = pipe("command");
                        closeAction("command");
                        // Declared for what follows in the same block.
                        variablesBefore = variables.size();
                        yield new TemplateNode.Action(pipe);
                    }
                };
        dropVariables(variablesBefore);
        depth--;
        return node;
    }

    private void dropVariables(int count) {
        while (variables.size() > count) {
            variables.removeLast();
        }
    }

    private TemplateNode choice(boolean isWith) {
        String name = isWith ? "with" : "if";
        at++;
        Pipe pipe = pipe(name);
        closeAction(name);
        List<TemplateNode> then = new ArrayList<>();
        int before = variables.size();
        String closing = nodes(then);
        dropVariables(before);
        return new TemplateNode.Choice(isWith, pipe, then, otherwise(closing, name));
    }

    /// What follows an `else`, up to its `end`.
    private List<TemplateNode> otherwise(String closing, String name) {
        List<TemplateNode> nodes = new ArrayList<>();
        if (closing.isEmpty()) {
            throw fault("unexpected EOF");
        }
        if (closing.equals("end")) {
            return nodes;
        }
        skipSpace();
        boolean chains = !name.equals("range") && peek().is(Kind.WORD, name);
        if (chains) {
            nodes.add(choice(name.equals("with")));
            return nodes;
        }
        closeAction("else");
        int before = variables.size();
        String last = nodes(nodes);
        dropVariables(before);
        if (!last.equals("end")) {
            throw fault(last.isEmpty() ? "unexpected EOF" : "expected end; found {{else}}");
        }
        return nodes;
    }

    private TemplateNode range() {
        at++;
        Pipe pipe = pipe("range");
        closeAction("range");
        List<TemplateNode> body = new ArrayList<>();
        int before = variables.size();
        ranges++;
        String closing = nodes(body);
        ranges--;
        dropVariables(before);
        return new TemplateNode.Range(pipe, body, otherwise(closing, "range"));
    }

    private TemplateNode leave(String word) {
        if (ranges == 0) {
            throw fault("{{" + word + "}} outside {{range}}");
        }
        at++;
        closeAction(word);
        return word.equals("break") ? new TemplateNode.Break() : new TemplateNode.Continue();
    }

    private String templateName(String where) {
        skipSpace();
        if (peek().kind() != Kind.STRING) {
            throw unexpected(where);
        }
        return next().value();
    }

    private TemplateNode invocation() {
        Token start = next();
        String name = templateName("template clause");
        skipSpace();
        Pipe pipe = peek().kind() == Kind.ACTION_END ? null : pipe("template clause");
        closeAction("template clause");
        return new TemplateNode.Invocation(
                name, pipe, place(start, "{{template " + GoQuotedText.of(name) + "}}"));
    }

    private TemplateNode block() {
        Token start = next();
        String name = templateName("block clause");
        Pipe pipe = pipe("block clause");
        closeAction("block clause");
        body(name);
        return new TemplateNode.Invocation(
                name, pipe, place(start, "{{template " + GoQuotedText.of(name) + "}}"));
    }

    private void define() {
        String name = templateName("define clause");
        closeAction("define clause");
        body(name);
    }

    /// Templates have their own variables.
    private void body(String name) {
        List<String> outer = new ArrayList<>(variables);
        int outerRanges = ranges;
        variables.clear();
        variables.add("$");
        ranges = 0;
        List<TemplateNode> nodes = new ArrayList<>();
        String closing = nodes(nodes);
        if (!closing.equals("end")) {
            throw fault(closing.isEmpty() ? "unexpected EOF" : "unexpected {{else}}");
        }
        named.put(name, nodes);
        variables.clear();
        variables.addAll(outer);
        ranges = outerRanges;
    }

    private Pipe pipe(String where) {
        skipSpace();
        Token first = peek();
        List<String> declared = new ArrayList<>();
        boolean isAssignment = declarations(where, declared);
        List<Command> commands = new ArrayList<>();
        do {
            commands.add(command(where));
        } while (skip(Kind.SIGN, "|"));
        for (Command later : commands.subList(1, commands.size())) {
            switch (later.operands().getFirst()) {
                case Operand.Constant constant -> throw notExecutable(commands, later);
                case Operand.Dot dot -> throw notExecutable(commands, later);
                case Operand.Nil nil -> throw notExecutable(commands, later);
                case Operand.Fields fields -> {}
                case Operand.Variable variable -> {}
                case Operand.Function function -> {}
                case Operand.Nested nested -> {}
            }
        }
        String text = String.join(" | ", commands.stream().map(one -> one.place().text()).toList());
        if (!isAssignment) {
            variables.addAll(declared);
        }
        return new Pipe(declared, isAssignment, commands, place(first, text));
    }

    private BuiltinFault notExecutable(List<Command> commands, Command later) {
        return fault("non executable command in pipeline stage " + (commands.indexOf(later) + 1));
    }

    /// Reads `$x :=`, `$i, $x :=` or `$x =` if one is there.
    ///
    /// @return whether it is an assignment
    private boolean declarations(String where, List<String> declared) {
        int start = at;
        List<String> names = new ArrayList<>();
        while (peek().kind() == Kind.VARIABLE) {
            names.add(next().value());
            skipSpace();
            if (!skip(Kind.SIGN, ",")) {
                break;
            }
            skipSpace();
        }
        boolean isAssignment = peek().is(Kind.SIGN, "=");
        if (names.isEmpty() || !isAssignment && !peek().is(Kind.SIGN, ":=")) {
            at = start;
            return false;
        }
        if (names.size() > (where.equals("range") ? 2 : 1)) {
            throw fault("too many declarations in " + where);
        }
        if (isAssignment) {
            names.forEach(this::checkVariable);
        }
        at++;
        declared.addAll(names);
        return isAssignment;
    }

    private void checkVariable(String name) {
        if (!variables.contains(name)) {
            throw fault("undefined variable " + GoQuotedText.of(name));
        }
    }

    private Command command(String where) {
        skipSpace();
        Token first = peek();
        List<Operand> operands = new ArrayList<>();
        while (true) {
            skipSpace();
            Token token = peek();
            boolean isEnd =
                    token.kind() == Kind.ACTION_END
                            || token.is(Kind.SIGN, ")")
                            || token.is(Kind.SIGN, "|");
            if (isEnd) {
                break;
            }
            operands.add(operand(where));
            Kind after = peek().kind();
            boolean isSeparated =
                    after == Kind.SPACE
                            || after == Kind.ACTION_END
                            || peek().is(Kind.SIGN, ")")
                            || peek().is(Kind.SIGN, "|");
            if (!isSeparated) {
                throw unexpected("operand");
            }
        }
        if (operands.isEmpty()) {
            throw fault("missing value for " + where);
        }
        String text = String.join(" ", operands.stream().map(one -> one.place().text()).toList());
        return new Command(operands, place(first, text));
    }

    private Operand operand(String where) {
        Token token = next();
        return switch (token.kind()) {
            case DOT -> new Operand.Dot(place(token, "."));
            case FIELD -> {
                List<String> names = new ArrayList<>(List.of(token.value()));
                names.addAll(fields());
                yield new Operand.Fields(names, place(token, "." + String.join(".", names)));
            }
            case VARIABLE -> {
                checkVariable(token.value());
                List<String> fields = fields();
                String text =
                        fields.isEmpty()
                                ? token.value()
                                : token.value() + "." + String.join(".", fields);
                yield new Operand.Variable(token.value(), fields, place(token, text));
            }
            case STRING ->
                    new Operand.Constant(
                            TemplateValue.of(token.value()),
                            place(token, GoQuotedText.of(token.value())));
            case NUMBER -> new Operand.Constant(number(token), place(token, token.value()));
            case CHARACTER -> {
                if (token.value().codePointCount(0, token.value().length()) != 1) {
                    throw fault("malformed character constant: '" + token.value() + "'");
                }
                yield new Operand.Constant(
                        new TemplateValue.Whole(token.value().codePointAt(0)),
                        place(token, "'" + token.value() + "'"));
            }
            case WORD -> word(token);
            case SIGN -> {
                if (!token.value().equals("(")) {
                    at--;
                    throw unexpected(where);
                }
                yield nested(token);
            }
            case TEXT, ACTION_START, ACTION_END, SPACE, END -> {
                at--;
                throw unexpected(where);
            }
        };
    }

    private Operand word(Token token) {
        return switch (token.value()) {
            case "true", "false" ->
                    new Operand.Constant(
                            TemplateValue.of(token.value().equals("true")),
                            place(token, token.value()));
            case "nil" -> new Operand.Nil(place(token, "nil"));
            default -> {
                if (!TemplateFunctions.has(token.value())) {
                    throw fault("function " + GoQuotedText.of(token.value()) + " not defined");
                }
                yield new Operand.Function(token.value(), place(token, token.value()));
            }
        };
    }

    private Operand nested(Token token) {
        if (++depth > DEPTH_MAX) {
            throw fault("nested deeper than " + DEPTH_MAX + " levels");
        }
        Pipe pipe = pipe("parenthesized pipeline");
        if (!skip(Kind.SIGN, ")")) {
            throw fault("unclosed left paren");
        }
        depth--;
        List<String> fields = fields();
        String tail = fields.isEmpty() ? "" : "." + String.join(".", fields);
        return new Operand.Nested(
                pipe, fields, place(token, "(" + pipe.place().text() + ")" + tail));
    }

    private List<String> fields() {
        List<String> names = new ArrayList<>();
        while (peek().kind() == Kind.FIELD) {
            names.add(next().value());
        }
        return names;
    }

    private TemplateValue number(Token token) {
        String text = token.value().replace("_", "");
        TemplateValue whole = whole(text);
        if (whole != null) {
            return whole;
        }
        if (text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            return new TemplateValue.Real(Double.parseDouble(text));
        }
        throw fault("bad number syntax: " + GoQuotedText.of(token.value()));
    }

    private static @Nullable TemplateValue whole(String text) {
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        int radix = 10;
        if (digits.matches("0[xX].+")) {
            radix = 16;
        } else if (digits.matches("0[bB].+")) {
            radix = 2;
        } else if (digits.matches("0[oO].+")) {
            radix = 8;
        }
        String plain = radix == 10 ? digits : digits.substring(2);
        if (radix == 10 && digits.matches("0[0-9]+")) {
            radix = 8;
        }
        try {
            return new TemplateValue.Whole(
                    Long.parseLong(text.startsWith("-") ? "-" + plain : plain, radix));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
