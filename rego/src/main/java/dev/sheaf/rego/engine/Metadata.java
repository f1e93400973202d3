package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Annotation;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What metadata comments say, as `rego.metadata.rule()` and `rego.metadata.chain()` show it.
final class Metadata {
    private final Map<List<String>, List<Annotation>> packages = new HashMap<>();
    private final Map<List<String>, List<Annotation>> documents = new HashMap<>();

    Metadata(List<Module> modules) {
        for (Module module : modules) {
            packages.computeIfAbsent(module.packagePath(), path -> new ArrayList<>())
                    .addAll(module.annotations());
            for (Rule rule : module.rules()) {
                for (Annotation annotation : rule.annotations()) {
                    if (annotation.scope().equals("document")) {
                        documents
                                .computeIfAbsent(path(module, rule), each -> new ArrayList<>())
                                .add(annotation);
                    }
                }
            }
        }
    }

    private static List<String> path(Module module, Rule rule) {
        List<String> path = new ArrayList<>(module.packagePath());
        path.add(rule.name());
        return path;
    }

    /// Of the rule itself; an empty object when nothing is said.
    Value rule(Rule rule) {
        for (Annotation annotation : rule.annotations()) {
            if (annotation.scope().equals("rule")) {
                return annotation.fields();
            }
        }
        return ObjectValue.EMPTY;
    }

    /// Of the rule, of its document, of its package and of the packages around it.
    Value chain(Module module, Rule rule) {
        List<String> path = path(module, rule);
        List<Value> chain = new ArrayList<>();
        ObjectValue.Builder own = link(path);
        if (rule(rule) instanceof ObjectValue fields && fields.size() > 0) {
            own.put("annotations", fields);
        }
        chain.add(own.build());
        add(chain, path, documents, "document");
        add(chain, module.packagePath(), packages, "package");
        for (int length = module.packagePath().size(); length > 0; length--) {
            add(chain, module.packagePath().subList(0, length), packages, "subpackages");
        }
        return ArrayValue.of(chain);
    }

    private static void add(
            List<Value> chain,
            List<String> path,
            Map<List<String>, List<Annotation>> annotations,
            String scope) {
        for (Annotation annotation : annotations.getOrDefault(path, List.of())) {
            if (annotation.scope().equals(scope)) {
                chain.add(link(path).put("annotations", annotation.fields()).build());
            }
        }
    }

    private static ObjectValue.Builder link(List<String> path) {
        return new ObjectValue.Builder()
                .put("path", ArrayValue.of(path.stream().map(StringValue::of).toList()));
    }
}
