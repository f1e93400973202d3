package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds out what a statement looks at of its fragments: DuckDB's own optimizer says on shadow
/// tables which columns and conditions reach each scan.
///
/// A condition is taken only when all of it is understood: comparisons of columns with constants,
/// lists of constants, ranges and nulls, and what AND, OR and NOT make of them. Not those on
/// floating point, whose constants a plan's text may round.
final class FragmentNeeds {
    private static final Pattern COLUMN = Pattern.compile("c([1-9][0-9]{0,5})");
    private static final Set<String> OPERATORS =
            Set.of("OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_NOT", "COMPARE_IN");

    private final EngineSession session;

    private FragmentNeeds(EngineSession session) {
        this.session = session;
    }

    /// Tells each fragment. All tables of the statement must have shadows.
    static void tell(EngineSession session, String sql, List<Fragment> fragments) {
        PlanScans plan = PlanScans.of(session, sql);
        FragmentNeeds needs = new FragmentNeeds(session);
        for (Fragment fragment : fragments) {
            List<JsonNode> scans = plan.of(fragment.tableName());
            if (!scans.isEmpty()) {
                needs.tell(fragment, scans);
            }
        }
    }

    private void tell(Fragment fragment, List<JsonNode> scans) {
        fragment.scanned();
        List<String> each = new ArrayList<>();
        boolean isNarrow = true;
        for (JsonNode scan : scans) {
            List<String> projections = PlanScans.texts(scan.path("Projections"));
            projections.forEach(name -> need(fragment, name));
            if (projections.isEmpty()) { // none, or a scan that does not say which
                needAll(fragment);
            }
            List<String> conditions = new ArrayList<>();
            for (String text : PlanScans.texts(scan.path("Filters"))) {
                JsonNode tree = parse(FilterReader.withoutHints(text));
                if (!tree.isObject()) { // no text of SQL: it may name any column
                    needAll(fragment);
                    continue;
                }
                SyntaxTree.each(tree, node -> addColumn(fragment, node));
                if (isUnderstood(fragment, tree)) {
                    conditions.add(FilterReader.withoutHints(text));
                }
            }
            isNarrow &= !conditions.isEmpty();
            each.add("(" + String.join(" AND ", conditions) + ")");
        }
        if (isNarrow) {
            fragment.narrow(each.stream().distinct().collect(Collectors.joining(" OR ")));
        }
    }

    private static void addColumn(Fragment fragment, JsonNode node) {
        if (SyntaxTree.isColumn(node)) {
            need(fragment, node.path("column_names").path(0).asString(""));
        }
    }

    private static void needAll(Fragment fragment) {
        for (int i = 0; i < fragment.columns().size(); i++) {
            fragment.needs(i);
        }
    }

    /// Parts of a nested column are shown as `c1.part`.
    private static void need(Fragment fragment, String shown) {
        int index = indexOf(shown.contains(".") ? shown.substring(0, shown.indexOf('.')) : shown);
        if (index >= 0 && index < fragment.columns().size()) {
            fragment.needs(index);
        }
    }

    private static int indexOf(String name) {
        java.util.regex.Matcher matcher = COLUMN.matcher(name.toLowerCase(Locale.ROOT));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) - 1 : -1;
    }

    private boolean isUnderstood(Fragment fragment, JsonNode node) {
        return switch (SyntaxTree.classOf(node)) {
            case "CONJUNCTION" -> areUnderstood(fragment, node.path("children"));
            case "OPERATOR" ->
                    OPERATORS.contains(SyntaxTree.typeOf(node))
                            && areUnderstood(fragment, node.path("children"));
            case "COMPARISON" ->
                    isUnderstood(fragment, node.path("left"))
                            && isUnderstood(fragment, node.path("right"));
            case "BETWEEN" ->
                    isUnderstood(fragment, node.path("input"))
                            && isUnderstood(fragment, node.path("lower"))
                            && isUnderstood(fragment, node.path("upper"));
            case "COLUMN_REF" -> isPlainColumn(fragment, node);
            case "CONSTANT" -> true;
            case "CAST" -> SyntaxTree.classOf(node.path("child")).equals("CONSTANT");
            default -> false;
        };
    }

    private boolean areUnderstood(Fragment fragment, JsonNode nodes) {
        for (JsonNode node : nodes) {
            if (!isUnderstood(fragment, node)) {
                return false;
            }
        }
        return !nodes.isEmpty();
    }

    private static boolean isPlainColumn(Fragment fragment, JsonNode node) {
        int index = indexOf(node.path("column_names").path(0).asString(""));
        return node.path("column_names").size() == 1
                && index >= 0
                && index < fragment.columns().size()
                && (fragment.columns().get(index).isKey()
                        || fragment.columns().get(index).type().equals("BOOLEAN")
                        || fragment.columns().get(index).type().startsWith("TIMESTAMP"));
    }

    private JsonNode parse(String condition) {
        try {
            return PlanScans.parse(session, condition);
        } catch (EngineProblem e) {
            if (e.kind() != EngineProblem.Kind.INVALID_SQL) {
                throw e;
            }
            return tools.jackson.databind.node.MissingNode.getInstance();
        }
    }
}
