package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Terms; parentheses stay where the author put them.
final class TermFormat {
    private final Transcript transcript;
    private final Names names;
    private final ListFormat lists;
    private final BodyFormat bodies;

    TermFormat(Transcript transcript, Names names, BodyFormat bodies) {
        this.transcript = transcript;
        this.names = names;
        this.lists = new ListFormat(transcript);
        this.bodies = bodies;
    }

    void write(Term term) {
        int parentheses = open(term);
        switch (term) {
            case Term.Scalar scalar -> {
                if (transcript.is("-")) {
                    transcript.write();
                }
                transcript.write();
            }
            case Term.Variable variable -> {
                names.check(variable.name(), transcript);
                transcript.write();
            }
            case Term.Reference reference -> reference(reference);
            case Term.ArrayLiteral array -> list(array.items());
            case Term.SetLiteral set -> {
                if (set.items().isEmpty()) {
                    transcript.write();
                }
                list(set.items());
            }
            case Term.ObjectLiteral object -> lists.write(object.fields(), this::field);
            case Term.ArrayComprehension(Term head, Body body, Location at) -> {
                transcript.write();
                write(head);
                bodies.ofComprehension(body);
            }
            case Term.SetComprehension(Term head, Body body, Location at) -> {
                transcript.write();
                write(head);
                bodies.ofComprehension(body);
            }
            case Term.ObjectComprehension(Term key, Term value, Body body, Location at) -> {
                transcript.write();
                field(new Term.Field(key, value));
                bodies.ofComprehension(body);
            }
            case Term.Call call when call.isInfix() -> operators(call);
            case Term.Call call -> {
                write(call.function());
                list(call.arguments());
            }
            case Term.Template template -> template(template);
        }
        close(parentheses);
    }

    /// Items in brackets.
    void list(List<Term> items) {
        lists.write(items, this::write);
    }

    private void field(Term.Field field) {
        write(field.key());
        transcript.expect(":");
        transcript.space();
        write(field.value());
    }

    // --- parentheses

    /// Writes the parentheses around this term, and not those around its beginning.
    ///
    /// @return how many
    private int open(Term term) {
        int last = transcript.source().index(lastPart(term));
        int count = 0;
        while (transcript.is("(") && transcript.source().closer(transcript.position()) > last) {
            transcript.write();
            count++;
        }
        return count;
    }

    private void close(int parentheses) {
        for (int i = 0; i < parentheses; i++) {
            transcript.expect(")");
        }
    }

    /// A place in the last part of the term.
    private static Location lastPart(Term term) {
        return switch (term) {
            case Term.Reference reference -> reference.path().getLast().at();
            case Term.Call call when !call.arguments().isEmpty() -> call.arguments().getLast().at();
            case Term.Call call -> lastPart(call.function());
            case Term.Scalar scalar -> scalar.at();
            case Term.Variable variable -> variable.at();
            case Term.ArrayLiteral array -> array.at();
            case Term.SetLiteral set -> set.at();
            case Term.ObjectLiteral object -> object.at();
            case Term.ArrayComprehension comprehension -> comprehension.at();
            case Term.SetComprehension comprehension -> comprehension.at();
            case Term.ObjectComprehension comprehension -> comprehension.at();
            case Term.Template template -> template.at();
        };
    }

    // --- operators

    private record Operation(Term.Call call, int parentheses) {}

    /// A chain of operators leans to the left, and may be long.
    private void operators(Term.Call outermost) {
        Deque<Operation> operations = new ArrayDeque<>();
        Term.Call call = outermost;
        int parentheses = 0;
        while (true) {
            operations.push(new Operation(call, parentheses));
            if (!(call.arguments().getFirst() instanceof Term.Call left && left.isInfix())) {
                break;
            }
            call = left;
            parentheses = open(call);
        }
        write(call.arguments().getFirst());
        while (!operations.isEmpty()) {
            Operation operation = operations.pop();
            for (Term operand : operation.call().arguments().subList(1, arity(operation))) {
                operator();
                write(operand);
            }
            close(operation.parentheses());
        }
    }

    private static int arity(Operation operation) {
        return operation.call().arguments().size();
    }

    private void operator() {
        if (transcript.is(",")) {
            transcript.attach();
        } else {
            transcript.space();
            transcript.write();
        }
        transcript.space();
    }

    // --- paths

    private void reference(Term.Reference reference) {
        write(reference.head());
        boolean isNamed =
                reference.head() instanceof Term.Variable || reference.head() instanceof Term.Call;
        for (Term part : reference.path()) {
            if (transcript.is(".")) {
                transcript.write();
                transcript.write();
            } else if (isNamed && isPlainKey(part)) {
                transcript.skip();
                transcript.write("." + ((StringValue) ((Term.Scalar) part).value()).value());
                transcript.skip();
            } else {
                transcript.write();
                write(part);
                transcript.expect("]");
            }
        }
    }

    /// Whether `["name"]` can be written as `.name`.
    private boolean isPlainKey(Term part) {
        int at = transcript.position();
        return part instanceof Term.Scalar(StringValue name, Location place)
                && Names.isPlain(name.value())
                && transcript.next().isString()
                && transcript.source().closer(at) == at + 2
                && !transcript.source().hasComments(at, at + 2);
    }

    private void template(Term.Template template) {
        transcript.write();
        for (Term.Part part : template.parts()) {
            if (part instanceof Term.Part.Hole hole) {
                bodies.expression(hole.expression());
                transcript.write();
            }
        }
    }
}
