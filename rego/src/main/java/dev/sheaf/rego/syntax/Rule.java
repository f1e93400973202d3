package dev.sheaf.rego.syntax;

import java.util.List;
import java.util.Optional;

/// One rule, as far as one head goes; several of one name make up what the name stands for.
///
/// @param path the name and what follows it: `p`, `p.q`, `p[x].r`; the first is a variable
/// @param arguments empty when it is no function
/// @param member for `contains`: what is put into the set
/// @param value what it is when the body holds; `true` unless it is said
/// @param otherwise tried when no body before it holds
/// @param annotations the metadata comments before it
public record Rule(
        List<Term> path,
        Optional<List<Term>> arguments,
        Optional<Term> member,
        Term value,
        boolean isDefault,
        boolean hasBody,
        Body body,
        Optional<Rule> otherwise,
        List<Annotation> annotations,
        Location at) {
    public String name() {
        return path.getFirst() instanceof Term.Variable variable ? variable.name() : "";
    }

    Rule withAnnotations(List<Annotation> found) {
        return new Rule(
                path, arguments, member, value, isDefault, hasBody, body, otherwise, found, at);
    }
}
