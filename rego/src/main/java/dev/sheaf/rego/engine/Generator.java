package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes chains of steps of the renamed bodies of one rule.
///
/// Terms that can have several values (references with unbound variables, relations) become steps
/// before the expression that they stand in; what remains is computed by getters.
final class Generator {
    /// What `x in xs` calls.
    private static final String MEMBER = "internal.member_2";

    private final Calls calls;
    private final Node root;
    private final Faults faults;
    private final boolean isTraced;
    private final Ordering ordering;
    private final Map<String, Integer> slots = new HashMap<>();
    private int slotCount;
    private int hoistedCount;
    private int collectorCount = 1;
    private Set<String> bound = new HashSet<>();

    /// A pattern's part that is compared after the pattern has bound its variables.
    private record Later(int slot, Term term) {}

    Generator(Calls calls, Node root, Faults faults, boolean isTraced) {
        this.calls = calls;
        this.root = root;
        this.faults = faults;
        this.isTraced = isTraced;
        this.ordering = new Ordering(calls, faults);
    }

    int slotCount() {
        return slotCount;
    }

    int collectorCount() {
        return collectorCount;
    }

    int slot(String name) {
        return slots.computeIfAbsent(name, each -> slotCount++);
    }

    private int freshSlot() {
        return slotCount++;
    }

    int freshCollector() {
        return collectorCount++;
    }

    Set<String> bound() {
        return bound;
    }

    static Step link(List<Step> chain) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            chain.get(i).next = chain.get(i + 1);
        }
        return chain.getFirst();
    }

    // --- bodies

    /// Appends a body's steps; its variables are bound afterwards.
    ///
    /// @param heads what is computed behind the body
    void body(Body written, List<Term> heads, List<Step> chain) {
        Body body = Hoisting.of(written, () -> "hoisted#" + hoistedCount++);
        Set<String> wanted = new LinkedHashSet<>();
        heads.forEach(head -> {
            Variables variables = Variables.of(head);
            wanted.addAll(variables.open());
            wanted.addAll(variables.closed());
        });
        Ordering.Ordered ordered = ordering.order(body, bound, wanted);
        for (Expression expression : ordered.expressions()) {
            expression(expression, chain);
        }
        bound = new HashSet<>(ordered.bound());
    }

    /// Reports variables of a head that the body does not bind.
    void requireSafe(Term head) {
        Expression expression = new Expression(false, new Kind.Holds(head), List.of(), head.at());
        Set<String> missing = new LinkedHashSet<>(Variables.of(head).open());
        missing.removeAll(Binding.after(expression, bound, calls));
        missing.forEach(name -> ordering.unsafe(name, head.at()));
    }

    private void expression(Expression expression, List<Step> chain) {
        if (!isTraced) {
            untraced(expression, chain);
            return;
        }
        Steps.Traced traced = new Steps.Traced(expression.at(), freshCollector());
        chain.add(traced);
        untraced(expression, chain);
        chain.add(traced.passed());
    }

    private void untraced(Expression expression, List<Step> chain) {
        if (!expression.withs().isEmpty()) {
            with(expression, chain);
        } else if (expression.isNegated()) {
            not(expression, chain);
        } else {
            plain(expression.kind(), expression.at(), chain);
        }
    }

    private void with(Expression expression, List<Step> chain) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Expression.With with : expression.withs()) {
            exchange(with, chain).ifPresent(exchanges::add);
        }
        List<Step> inner = new ArrayList<>();
        Expression plain =
                new Expression(
                        expression.isNegated(), expression.kind(), List.of(), expression.at());
        untraced(plain, inner);
        int collector = freshCollector();
        Steps.Begin begin = new Steps.Begin();
        inner.addFirst(begin);
        Steps.With step = new Steps.With(exchanges, begin, collector);
        inner.add(step.back());
        link(inner);
        chain.add(step);
    }

    private Optional<Exchange> exchange(Expression.With with, List<Step> chain) {
        List<String> path = constantPath(with.target());
        String builtin = builtinName(with.target());
        Node function = calls.node(with.target());
        boolean isFunction = function != null && function.isFunction();
        Object identity = builtin != null ? builtin : isFunction ? function : null;
        if (identity != null) {
            Callee other = callee(with.value());
            return Optional.of(
                    other != null
                            ? new Exchange.ByFunction(identity, other)
                            : new Exchange.OfFunction(identity, value(with.value(), chain)));
        } else if (path != null && path.getFirst().equals("input")) {
            return Optional.of(
                    new Exchange.OfInput(path.subList(1, path.size()), value(with.value(), chain)));
        } else if (path != null && path.getFirst().equals("data")) {
            return Optional.of(
                    new Exchange.OfData(path.subList(1, path.size()), value(with.value(), chain)));
        }
        faults.add(
                "rego_type_error",
                "with keyword target must reference existing input, data, or a function",
                with.at(),
                "with input.x as …, with data.x as …, or with a function's name");
        return Optional.empty();
    }

    private static @Nullable List<String> constantPath(Term term) {
        String dotted = Renaming.dotted(term);
        if (dotted == null
                || term instanceof Term.Variable variable && Variables.isLocal(variable)) {
            return null;
        }
        List<String> path = new ArrayList<>();
        if (term instanceof Term.Reference(Term.Variable head, List<Term> rest, Location at)) {
            path.add(head.name());
            for (Term part : rest) {
                if (part instanceof Term.Scalar(StringValue name, Location place)) {
                    path.add(name.value());
                }
            }
        } else {
            path.add(dotted);
        }
        return path;
    }

    private static @Nullable String builtinName(Term term) {
        return term instanceof Term.Variable variable
                        && variable.name().startsWith(Renaming.BUILTIN)
                ? variable.name().substring(Renaming.BUILTIN.length())
                : null;
    }

    private @Nullable Callee callee(Term term) {
        String builtin = builtinName(term);
        if (builtin != null) {
            return calls.builtinNamed(builtin).<Callee>map(BuiltinCallee::new).orElse(null);
        }
        Node node = calls.node(term);
        return node != null && node.isFunction() ? new RuleCallee(node) : null;
    }

    private void not(Expression expression, List<Step> chain) {
        Set<String> before = new HashSet<>(bound);
        List<Step> inner = new ArrayList<>();
        plain(expression.kind(), expression.at(), inner);
        inner.add(new Steps.Found());
        bound = before;
        chain.add(new Steps.Not(link(inner)));
    }

    private void plain(Kind kind, Location at, List<Step> chain) {
        switch (kind) {
            case Kind.Holds(Term.Call call) -> holds(call, chain);
            case Kind.Holds(Term term) -> test(value(term, chain), chain);
            case Kind.Assign(Term left, Term right) -> unify(left, right, chain);
            case Kind.Unify(Term left, Term right) -> unify(left, right, chain);
            case Kind.Some some -> {}
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                Getter from = value(collection, chain);
                List<Later> later = new ArrayList<>();
                Matcher keys =
                        key.map(each -> pattern(each, later, chain)).orElseGet(Matchers.Any::new);
                chain.add(new Steps.Iterate(from, keys, pattern(value, later, chain)));
                compare(later, chain);
            }
            case Kind.Every(Optional<Term> key, Term value, Term domain, Body body) -> {
                Getter over = value(domain, chain);
                Set<String> before = new HashSet<>(bound);
                List<Step> inner = new ArrayList<>();
                List<Later> later = new ArrayList<>();
                Matcher keys =
                        key.map(each -> pattern(each, later, inner)).orElseGet(Matchers.Any::new);
                Matcher values = pattern(value, later, inner);
                compare(later, inner);
                body(body, List.of(), inner);
                inner.add(new Steps.Found());
                bound = before;
                chain.add(new Steps.Every(over, keys, values, link(inner)));
            }
        }
    }

    private void holds(Term.Call call, List<Step> chain) {
        if (calls.isPrint(call)) {
            chain.add(new Steps.Print(printed(call)));
        } else if (calls.hasResultArgument(call)) {
            int last = call.arguments().size() - 1;
            Term.Call function =
                    new Term.Call(
                            call.function(),
                            call.arguments().subList(0, last),
                            call.isInfix(),
                            call.at());
            unify(function, call.arguments().get(last), chain);
        } else {
            test(value(call, chain), chain);
        }
    }

    private static void test(Getter term, List<Step> chain) {
        chain.add(
                term instanceof Getters.Same same ? new Steps.Compare(same) : new Steps.Test(term));
    }

    private List<Getters.Text.Piece> printed(Term.Call call) {
        List<Getters.Text.Piece> pieces = new ArrayList<>();
        for (Term argument : call.arguments()) {
            if (!pieces.isEmpty()) {
                pieces.add(new Getters.Text.Piece.Fixed(" "));
            }
            pieces.add(hole(argument, List.of()));
        }
        return pieces;
    }

    // --- unification

    private void unify(Term left, Term right, List<Step> chain) {
        if (left instanceof Term.ArrayLiteral(List<Term> mine, Location here)
                && right instanceof Term.ArrayLiteral(List<Term> theirs, Location there)) {
            if (mine.size() != theirs.size()) {
                chain.add(new Steps.Fail());
                mine.forEach(this::giveUp);
                theirs.forEach(this::giveUp);
                return;
            }
            unifyAll(new ArrayList<>(mine), new ArrayList<>(theirs), chain);
        } else if (left instanceof Term.ObjectLiteral mine
                && right instanceof Term.ObjectLiteral theirs
                && !(isReady(left) || isReady(right))) {
            unifyObjects(mine, theirs, chain);
        } else if (isReady(left)) {
            match(value(left, chain), right, chain);
        } else if (isReady(right)) {
            match(value(right, chain), left, chain);
        } else {
            throw new IllegalStateException("neither side is bound at " + left.at());
        }
    }

    /// The expression fails, so nothing behind it is ever computed with these.
    private void giveUp(Term term) {
        bound.addAll(Variables.of(term).open());
    }

    private void unifyAll(List<Term> mine, List<Term> theirs, List<Step> chain) {
        while (!mine.isEmpty()) {
            int next = 0;
            while (next < mine.size() && !canUnify(mine.get(next), theirs.get(next))) {
                next++;
            }
            if (next == mine.size()) {
                throw new IllegalStateException("no side is bound at " + mine.getFirst().at());
            }
            unify(mine.remove(next), theirs.remove(next), chain);
        }
    }

    private boolean canUnify(Term left, Term right) {
        if (isReady(left) || isReady(right)) {
            return true;
        }
        Set<String> after =
                Binding.after(
                        new Expression(false, new Kind.Unify(left, right), List.of(), left.at()),
                        bound,
                        calls);
        return after.containsAll(Variables.of(left).open())
                && after.containsAll(Variables.of(right).open());
    }

    private void unifyObjects(Term.ObjectLiteral left, Term.ObjectLiteral right, List<Step> chain) {
        List<Term> mine = new ArrayList<>();
        List<Term> theirs = new ArrayList<>();
        for (Term.Field field : left.fields()) {
            for (Term.Field other : right.fields()) {
                if (Binding.isSameScalar(field.key(), other.key())) {
                    mine.add(field.value());
                    theirs.add(other.value());
                }
            }
        }
        if (mine.size() != left.fields().size() || mine.size() != right.fields().size()) {
            chain.add(new Steps.Fail());
            giveUp(left);
            giveUp(right);
            return;
        }
        unifyAll(mine, theirs, chain);
    }

    private void match(Getter value, Term pattern, List<Step> chain) {
        List<Later> later = new ArrayList<>();
        List<Step> before = new ArrayList<>();
        Matcher matcher = pattern(pattern, later, before);
        chain.addAll(before);
        chain.add(new Steps.Match(value, matcher));
        compare(later, chain);
    }

    private void compare(List<Later> later, List<Step> chain) {
        for (Later each : later) {
            Getter other = value(each.term(), chain);
            chain.add(new Steps.Match(new Getters.Slot(each.slot()), new Matchers.Equal(other)));
        }
    }

    /// Whether the term can be computed now, binding variables of its own references at most.
    private boolean isReady(Term term) {
        Expression expression = new Expression(false, new Kind.Holds(term), List.of(), term.at());
        return Binding.after(expression, bound, calls).containsAll(Variables.of(term).open());
    }

    /// What a value is held against; unbound variables in it are bound from here on.
    private Matcher pattern(Term term, List<Later> later, List<Step> chain) {
        return switch (term) {
            case Term.Variable variable when isUnbound(variable) -> {
                bound.add(variable.name());
                yield new Matchers.Bind(slot(variable.name()));
            }
            case Term.ArrayLiteral(List<Term> items, Location at) when !isBound(term) ->
                    new Matchers.Items(
                            items.stream().map(item -> pattern(item, later, chain)).toList());
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) when !isBound(term) ->
                    new Matchers.Fields(
                            fields.stream().map(field -> value(field.key(), chain)).toList(),
                            fields.stream()
                                    .map(field -> pattern(field.value(), later, chain))
                                    .toList());
            case Term.Scalar scalar -> new Matchers.Equal(new Getters.Constant(scalar.value()));
            case Term.Variable variable -> new Matchers.Equal(value(variable, chain));
            case Term.Reference other -> postponed(other, later);
            case Term.ArrayLiteral other -> postponed(other, later);
            case Term.SetLiteral other -> postponed(other, later);
            case Term.ObjectLiteral other -> postponed(other, later);
            case Term.ArrayComprehension other -> postponed(other, later);
            case Term.SetComprehension other -> postponed(other, later);
            case Term.ObjectComprehension other -> postponed(other, later);
            case Term.Call other -> postponed(other, later);
            case Term.Template other -> postponed(other, later);
        };
    }

    private Matcher postponed(Term term, List<Later> later) {
        int slot = freshSlot();
        later.add(new Later(slot, term));
        return new Matchers.Bind(slot);
    }

    private boolean isUnbound(Term.Variable variable) {
        return Variables.isLocal(variable) && !bound.contains(variable.name());
    }

    private boolean isBound(Term term) {
        return bound.containsAll(Variables.of(term).open());
    }

    // --- terms

    /// Appends the steps that a term needs before it can be computed.
    Getter value(Term term, List<Step> chain) {
        return switch (term) {
            case Term.Scalar scalar -> new Getters.Constant(scalar.value());
            case Term.Variable variable -> variable(variable);
            case Term.ArrayLiteral(List<Term> items, Location at) ->
                    folded(new Getters.Items(values(items, chain)), items);
            case Term.SetLiteral(List<Term> items, Location at) ->
                    folded(new Getters.Members(values(items, chain)), items);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) -> {
                List<Getter> keys = new ArrayList<>();
                List<Getter> items = new ArrayList<>();
                List<Term> all = new ArrayList<>();
                for (Term.Field field : fields) {
                    keys.add(value(field.key(), chain));
                    items.add(value(field.value(), chain));
                    all.add(field.key());
                    all.add(field.value());
                }
                yield folded(new Getters.Fields(keys, items, at), all);
            }
            case Term.ArrayComprehension(Term head, Body body, Location at) ->
                    comprehension(Getters.Gathered.ARRAY, List.of(head), body, at);
            case Term.SetComprehension(Term head, Body body, Location at) ->
                    comprehension(Getters.Gathered.SET, List.of(head), body, at);
            case Term.ObjectComprehension(Term key, Term value, Body body, Location at) ->
                    comprehension(Getters.Gathered.OBJECT, List.of(key, value), body, at);
            case Term.Call call -> call(call, chain);
            case Term.Template(List<Term.Part> parts, Location at) -> template(parts);
            case Term.Reference(Term.Variable head, List<Term> path, Location at)
                    when head.name().equals("data") ->
                    data(path, chain);
            case Term.Reference(Term head, List<Term> path, Location at) ->
                    into(value(head, chain), path, chain);
        };
    }

    private List<Getter> values(List<Term> terms, List<Step> chain) {
        return terms.stream().map(each -> value(each, chain)).toList();
    }

    /// A literal of constants is one.
    private static Getter folded(Getter literal, List<Term> parts) {
        if (!parts.stream().allMatch(Generator::isConstant)) {
            return literal;
        }
        Value value = literal.get(EMPTY);
        return value == null ? literal : new Getters.Constant(value);
    }

    private static final Frame EMPTY = Frame.empty();

    private static boolean isConstant(Term term) {
        return switch (term) {
            case Term.Scalar scalar -> true;
            case Term.ArrayLiteral array -> array.items().stream().allMatch(Generator::isConstant);
            case Term.SetLiteral set -> set.items().stream().allMatch(Generator::isConstant);
            case Term.ObjectLiteral object ->
                    object.fields().stream()
                            .allMatch(
                                    field -> isConstant(field.key()) && isConstant(field.value()));
            case Term.Variable other -> false;
            case Term.Reference other -> false;
            case Term.ArrayComprehension other -> false;
            case Term.SetComprehension other -> false;
            case Term.ObjectComprehension other -> false;
            case Term.Call other -> false;
            case Term.Template other -> false;
        };
    }

    private Getter variable(Term.Variable variable) {
        if (variable.name().equals("input")) {
            return new Getters.Input();
        } else if (variable.name().equals("data")) {
            return new DataPath.Get(new DataPath(root, List.of()));
        }
        return new Getters.Slot(slot(variable.name()));
    }

    private Getter comprehension(Getters.Gathered kind, List<Term> heads, Body body, Location at) {
        Set<String> before = new HashSet<>(bound);
        List<Step> inner = new ArrayList<>();
        body(body, heads, inner);
        heads.forEach(this::requireSafe);
        List<Getter> values = faults.size() == 0 ? values(heads, inner) : List.of();
        bound = before;
        if (values.isEmpty()) {
            return new Getters.Constant(StringValue.EMPTY);
        }
        int collector = freshCollector();
        inner.add(
                switch (kind) {
                    case ARRAY -> new Steps.ArrayEnd(collector, values.getFirst());
                    case SET -> new Steps.SetEnd(collector, values.getFirst());
                    case OBJECT ->
                            new Steps.ObjectEnd(collector, values.getFirst(), values.get(1), at);
                });
        return new Getters.Comprehension(kind, collector, link(inner));
    }

    private Getter template(List<Term.Part> parts) {
        List<Getters.Text.Piece> pieces = new ArrayList<>();
        for (Term.Part part : parts) {
            switch (part) {
                case Term.Part.Text(String text) -> pieces.add(new Getters.Text.Piece.Fixed(text));
                case Term.Part.Hole(Expression expression) -> {
                    if (expression.kind() instanceof Kind.Unify(Term result, Term term)) {
                        pieces.add(hole(term, expression.withs()));
                    }
                }
            }
        }
        return new Getters.Text(pieces);
    }

    private Getters.Text.Piece hole(Term term, List<Expression.With> withs) {
        Set<String> before = new HashSet<>(bound);
        Term.Variable result = new Term.Variable("hole#" + slotCount, term.at());
        List<Step> inner = new ArrayList<>();
        Body body =
                new Body(
                        List.of(
                                new Expression(
                                        false, new Kind.Unify(result, term), withs, term.at())));
        body(body, List.of(), inner);
        inner.add(new Steps.Found());
        bound = before;
        return new Getters.Text.Piece.Hole(link(inner), slot(result.name()));
    }

    private Getter call(Term.Call call, List<Step> chain) {
        int arity = calls.arity(call);
        if (arity < 0 || call.arguments().size() != arity) {
            if (arity >= 0) {
                faults.add(
                        "rego_type_error",
                        calls.name(call)
                                + ": arity mismatch: has "
                                + call.arguments().size()
                                + " arguments, wants "
                                + arity,
                        call.at(),
                        "");
            }
            return new Getters.Constant(StringValue.EMPTY);
        }
        List<Getter> arguments = values(call.arguments(), chain);
        Node function = calls.function(call);
        if (function != null) {
            return new Getters.Invoke(new RuleCallee(function), arguments, call.at());
        }
        Builtin builtin = calls.builtin(call).orElseThrow();
        boolean isEqual = builtin.name().equals("equal");
        if (isEqual || builtin.name().equals("neq")) {
            return new Getters.Same(arguments.getFirst(), arguments.get(1), isEqual);
        }
        Getters.Invoke invoke =
                new Getters.Invoke(new BuiltinCallee(builtin), arguments, call.at());
        if (builtin.name().equals(MEMBER)) {
            return new Getters.Member(arguments.getFirst(), arguments.get(1), invoke);
        }
        if (builtin.isRelation()) {
            int slot = freshSlot();
            chain.add(new Steps.Results(invoke, new Matchers.Bind(slot)));
            return new Getters.Slot(slot);
        }
        return invoke;
    }

    // --- references

    private Getter into(Getter head, List<Term> path, List<Step> chain) {
        Getter from = head;
        for (Term key : path) {
            if (key instanceof Term.Scalar scalar) {
                from = new Getters.Field(from, scalar.value());
            } else if (isBound(key)) {
                from = new Getters.Select(from, value(key, chain));
            } else if (isPattern(key)) {
                int slot = freshSlot();
                List<Later> later = new ArrayList<>();
                Matcher keys = pattern(key, later, chain);
                chain.add(new Steps.Iterate(from, keys, new Matchers.Bind(slot)));
                compare(later, chain);
                from = new Getters.Slot(slot);
            } else {
                from = new Getters.Select(from, value(key, chain));
            }
        }
        return from;
    }

    /// Whether the key's own variables are bound by the keys that there are.
    private static boolean isPattern(Term key) {
        return key instanceof Term.Variable
                || key instanceof Term.ArrayLiteral
                || key instanceof Term.ObjectLiteral;
    }

    private Getter data(List<Term> path, List<Step> chain) {
        Node node = root;
        int constant = 0;
        while (constant < path.size()
                && node != null
                && !node.isDocument()
                && path.get(constant) instanceof Term.Scalar(StringValue name, Location at)) {
            node = node.child(name.value());
            constant++;
        }
        boolean isOfRules = node != null && node.isDocument();
        if (isOfRules || constant == path.size()) {
            List<DataPath.Key> keys = known(path.subList(0, constant), chain);
            DataPath.Get get = new DataPath.Get(new DataPath(root, keys));
            Getter from =
                    node != null && isOfRules && node.children().isEmpty()
                            ? new DataPath.OfRules(node, get)
                            : get;
            return into(from, path.subList(constant, path.size()), chain);
        }
        return walk(path, chain);
    }

    private List<DataPath.Key> known(List<Term> path, List<Step> chain) {
        return path.stream()
                .<DataPath.Key>map(key -> new DataPath.Key.Known(value(key, chain)))
                .toList();
    }

    /// With keys that only the evaluation knows, among packages and rules.
    private Getter walk(List<Term> path, List<Step> chain) {
        List<DataPath.Key> keys = new ArrayList<>();
        List<Later> later = new ArrayList<>();
        boolean hasPattern = false;
        for (Term key : path) {
            if (!isBound(key) && isPattern(key)) {
                keys.add(new DataPath.Key.Each(pattern(key, later, chain)));
                hasPattern = true;
            } else {
                keys.add(new DataPath.Key.Known(value(key, chain)));
            }
        }
        DataPath data = new DataPath(root, keys);
        if (!hasPattern) {
            return new DataPath.Get(data);
        }
        int slot = freshSlot();
        DataPath.Each each = new DataPath.Each(data, new Matchers.Bind(slot));
        chain.add(RulesBelow.of(root, path, keys, each));
        compare(later, chain);
        return new Getters.Slot(slot);
    }

    /// For a function's argument.
    Matcher argument(Term term, List<Step> chain) {
        List<Later> later = new ArrayList<>();
        Matcher matcher = pattern(term, later, chain);
        compare(later, chain);
        return matcher;
    }
}
