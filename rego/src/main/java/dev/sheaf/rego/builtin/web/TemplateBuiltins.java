package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.builtin.web.TemplateParser.Template;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// `strings.render_template`: fills values into a template of Go's `text/template`.
final class TemplateBuiltins {
    private TemplateBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "strings.render_template",
                        "string, object -> string",
                        TemplateBuiltins::render));
    }

    private static Value render(Value[] arguments, Surroundings surroundings) {
        ObjectValue values = (ObjectValue) arguments[1];
        checkJson(values);
        String source = ((StringValue) arguments[0]).value();
        surroundings.work(source.length() / 16);
        Template template =
                surroundings.expressions().kept(Template.class, source, TemplateParser::parse);
        return StringValue.of(TemplateRun.render(template, values, surroundings));
    }

    /// What JSON cannot say, OPA does not hand on either.
    private static void checkJson(Value value) {
        switch (value) {
            case SetValue set ->
                    throw BuiltinFault.of("invalid template variables: %s is a set", set);
            case ArrayValue array -> array.items().forEach(TemplateBuiltins::checkJson);
            case ObjectValue object ->
                    object.forEach((key, item) -> {
                        if (!(key instanceof StringValue)) {
                            throw BuiltinFault.of(
                                    "invalid template variables: key %s is no string", key);
                        }
                        checkJson(item);
                    });
            default -> {}
        }
    }
}
