package dev.sheaf.governance.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

final class DocumentIdsTest {
    private static boolean matter(String rule) {
        List<Module> modules = new ArrayList<>(StandardPack.modules());
        modules.add(Parser.module("more.rego", "package rules.more\n" + rule, RegoVersion.V1));
        return DocumentIds.matterTo(PolicySet.compile(modules, StandardPack.settings()));
    }

    @Test
    void theStandardPackDoesNotLookAtIds() {
        assertEquals(false, DocumentIds.matterTo(StandardPack.load()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deny contains \"x\" if input.resource.id == \"a/b\"",
                "deny contains \"x\" if input[\"resource\"][\"id\"] == \"a/b\"",
                "deny contains \"x\" if input.resource[_] == \"a/b\"",
                "deny contains \"x\" if { some k; input[k].id == \"a/b\" }",
                "deny contains \"x\" if { r := input.resource; r.id == \"a/b\" }",
                "deny contains \"x\" if { r := input; r.resource.id == \"a/b\" }",
                "import input.resource as r\ndeny contains \"x\" if r.id == \"a/b\"",
                "import input as all\ndeny contains \"x\" if all.resource.id == \"a/b\"",
                "deny contains \"x\" if object.get(input, [\"resource\", \"id\"], \"\") == \"a/b\"",
                "deny contains \"x\" if walk(input, [[\"resource\", \"id\"], \"a/b\"])",
                "deny contains sprintf(\"%s\", [input.resource.id]) if input.action == \"x\"",
                "f(x) := x.id\ndeny contains \"x\" if f(input.resource) == \"a/b\"",
                "deny contains \"x\" if { every c in input.resource.columns { c.name !="
                        + " input.resource.id } }",
                "ids := {i | i := input.resource.id}",
                "deny contains \"x\" if json.marshal(input) != \"\""
            })
    void looking(String rule) {
        assertEquals(true, matter(rule));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deny contains \"x\" if input.resource.name == \"a\"",
                "deny contains \"x\" if input.subject.id == \"ada\"",
                "deny contains \"x\" if { some column in input.resource.columns; column.name =="
                        + " \"id\" }",
                "import input.subject as s\ndeny contains \"x\" if s.id == \"ada\"",
                "deny contains \"input.resource.id\" if input.context.purpose == \"\""
            })
    void lookingElsewhere(String rule) {
        assertEquals(false, matter(rule));
    }
}
